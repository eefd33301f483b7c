"""Status reports (状态报告, 回执) of the SMS providers, read into one form.

Sources: 阿里云短信服务 · SmsReport（HTTP 批量推送模式）; 腾讯云短信 · 下发状态通知.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_BODY = 64 * 1024
"""Bytes of a push we take; a report has some 300."""

PROVIDERS = ("aliyun", "tencent")

_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")


class MalformedReports(ValueError):
    """The body is no list of status reports of this provider."""


@dataclass(frozen=True)
class SmsReport:
    """What became of one message.

    `provider_id` is BizId or SerialNo, `out_token` our token where the provider gives it back, `mobile` the
    11 digits, `code` the carrier's own code, `words` a sentence for HR, `data` the report as it came.
    """

    provider_id: str
    out_token: str | None
    ok: bool
    code: str
    words: str
    mobile: str = field(repr=False, default="")
    data: Mapping[str, Any] = field(repr=False, default_factory=dict)


def read_reports(provider: str, body: bytes) -> list[SmsReport]:
    """The reports in a push of `provider` ("aliyun" or "tencent"), in their order.

    Raises MalformedReports when any of them cannot be read: then nothing of the push is taken.
    """
    if len(body) > MAX_BODY:
        raise MalformedReports("too long")
    try:
        items = json.loads(body.decode("utf-8"), parse_constant=_no_number)
        # No database keeps half a character, which `encode` finds, or a NUL.
        text = json.dumps(items, ensure_ascii=False).encode("utf-8").decode()
    except (ValueError, RecursionError):
        items, text = None, ""
    if "\\u0000" in text:
        raise MalformedReports("a NUL in a text")
    if not isinstance(items, list) or not items:
        raise MalformedReports("no list of reports")
    return [read_report(provider, item) for item in items]


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def read_report(provider: str, item: object) -> SmsReport:
    """One report. Raises MalformedReports."""
    if not isinstance(item, dict):
        raise MalformedReports("a report is no object")
    return _READERS[provider](item)


def _read_aliyun(item: dict[str, Any]) -> SmsReport:
    success = item.get("success")
    if success not in (True, False, "true", "false"):
        raise MalformedReports("success is neither true nor false")
    code = _text(item, "err_code", 64)
    return SmsReport(
        provider_id=_text(item, "biz_id", 64, required=True),
        out_token=_text(item, "out_id", 256) or None,
        ok=success in (True, "true"),
        code=code,
        words=_words(_text(item, "err_msg", 200), code),
        mobile=_mobile(item, "phone_number"),
        data=item,
    )


def _read_tencent(item: dict[str, Any]) -> SmsReport:
    status = item.get("report_status")
    if status not in ("SUCCESS", "FAIL"):
        raise MalformedReports("report_status is neither SUCCESS nor FAIL")
    code = _text(item, "errmsg", 64)
    return SmsReport(
        provider_id=_text(item, "sid", 64, required=True),
        # The documented callback has no session; accounts for which Tencent switched it on may get one.
        out_token=_text(item, "session_context", 512) or None,
        ok=status == "SUCCESS",
        code=code,
        words=_words(_text(item, "description", 200), code),
        mobile=_mobile(item, "mobile"),
        data=item,
    )


_READERS = {"aliyun": _read_aliyun, "tencent": _read_tencent}


def _text(item: Mapping[str, Any], key: str, longest: int, *, required: bool = False) -> str:
    value = item.get(key)
    if value is None and not required:
        return ""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if text is None or len(text) > longest or (required and not text):
        raise MalformedReports(f"{key} is no short text")
    return text


def _mobile(item: Mapping[str, Any], key: str) -> str:
    return _COUNTRY.sub("", _text(item, key, 32))


def _words(words: str, code: str) -> str:
    if words and code:
        return f"{words}（{code}）"
    return words or code or "运营商没有说明原因"
