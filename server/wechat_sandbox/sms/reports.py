"""Status reports on their way to the web server: later, and again until they are taken."""

import json
import logging
import math
import threading
import time
import uuid
from typing import Any

import urllib3

from server.wechat_sandbox.context import Sandbox
from server.wechat_sandbox.documents import Document

log = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0
TRIES = 3
_THANKS = {"aliyun": ("code", 0), "tencent": ("result", 0)}
_http = urllib3.PoolManager(maxsize=8, retries=False)

# What a person's `sms_report` makes of a message: the carrier's code and the provider's words.
_FAILURES = {
    "off": {
        "aliyun": ("MOBILE_TERMINAL_ERROR", "用户手机关机或终端异常"),
        "tencent": ("UNDELIV", "用户关机"),
    },
    "vacant": {
        "aliyun": ("MOBILE_NOT_ON_SERVICE", "手机号为空号或已停机"),
        "tencent": ("MK:0001", "号码是空号"),
    },
}
_DELIVERED = {"aliyun": ("DELIVERED", "用户接收成功"), "tencent": ("DELIVRD", "用户短信送达成功")}


def schedule_report(sandbox: Sandbox, provider: str, serial: str, person: Document | None) -> None:
    """Push the report of an accepted message after `sms_report_seconds`, as the person's behaviour says."""
    behaviour = person["behaviour"] if person else {}
    became = behaviour.get("sms_report")
    if became == "none":
        return
    accepted = sandbox.documents.find("sms_accepted", serial) or {}
    report = _report(provider, accepted, became)
    for _ in range(2 if behaviour.get("sms_duplicates_reports") else 1):
        number = uuid.uuid4().hex
        sandbox.documents.put("sms_reports", number, {"provider": provider, "report": report, "tries": 0})
        _later(sandbox, number, float(sandbox.settings["sms_report_seconds"]))


def _report(provider: str, accepted: Document, became: str | None) -> dict[str, Any]:
    code, words = (_FAILURES[became] if became else _DELIVERED)[provider]
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 8 * 3600))
    if provider == "aliyun":
        # Source: 阿里云短信服务 · SmsReport.
        return {
            "phone_number": accepted["mobile"],
            "send_time": now,
            "report_time": now,
            "success": became is None,
            "err_code": code,
            "err_msg": words,
            "sms_size": str(_parts(accepted["text"])),
            "biz_id": accepted["serial"],
            "out_id": accepted["token"],
        }
    # Source: 腾讯云短信 · 下发状态通知.
    return {
        "user_receive_time": now,
        "nationcode": "86",
        "mobile": accepted["mobile"],
        "report_status": "FAIL" if became else "SUCCESS",
        "errmsg": code,
        "description": words,
        "sid": accepted["serial"],
    }


def _parts(text: str) -> int:
    """How many messages the carriers count: 70 characters fit into one, 67 into each part of a longer one."""
    return 1 if len(text) <= 70 else math.ceil(len(text) / 67)


def _later(sandbox: Sandbox, number: str, seconds: float) -> None:
    timer = threading.Timer(seconds, _push, (sandbox, number))
    timer.daemon = True
    timer.start()


def _push(sandbox: Sandbox, number: str) -> None:
    waiting = sandbox.documents.find("sms_reports", number)
    if waiting is None:  # A reset forgot it.
        return
    provider = waiting["provider"]
    if _post(sandbox, provider, [waiting["report"]]):
        sandbox.documents.remove("sms_reports", number)
        return
    tries = waiting["tries"] + 1
    if tries >= TRIES:
        sandbox.documents.remove("sms_reports", number)
        log.warning("The web server did not take a status report.")
        return
    with sandbox.documents.change():
        if sandbox.documents.find("sms_reports", number):
            sandbox.documents.put("sms_reports", number, waiting | {"tries": tries})
    _later(sandbox, number, float(sandbox.settings["event_retry_seconds"]))


def _post(sandbox: Sandbox, provider: str, reports: list[dict[str, Any]]) -> bool:
    """Push once; only an answer that says so means that the reports were taken."""
    url = sandbox.backend_url + sandbox.configuration.sms.accounts[provider].report_path
    try:
        answer = _http.request("POST", url, json=reports, timeout=ANSWER_SECONDS, redirect=False)
        key, good = _THANKS[provider]
        return answer.status == 200 and json.loads(answer.data).get(key) == good
    except (urllib3.exceptions.HTTPError, ValueError, AttributeError):
        return False
