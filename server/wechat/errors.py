"""What can go wrong between us and WeChat, each with what to do about it."""

import re
from collections.abc import Mapping
from typing import Any

from server.wechat.error_codes import WRONG_CREDENTIAL, WRONG_SECRET, Outcome, explain

_RID = re.compile(r"\s*,?\s*rid:?\s*([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})")
# Openids, secrets, codes and tokens are long runs of these characters; no word of an errmsg is.
_CREDENTIAL = re.compile(r"[A-Za-z0-9_-]{26,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_MAX_ERRMSG = 200


class WeChatError(Exception):
    """WeChat did not do what we asked.

    `code` is the errcode (None when there was no answer), `words` a Chinese sentence for HR or an engineer,
    `rid` WeChat's request id for its own support (查询 rid 信息), `outcome` what to do now, `retry_after`
    the suggested wait in seconds, `errmsg` WeChat's own text without ids and credentials, or the name of what
    failed on the way: to be read, never to be matched.
    """

    def __init__(
        self,
        code: int | None,
        words: str,
        rid: str | None,
        outcome: Outcome,
        *,
        errmsg: str = "",
        retry_after: float | None = None,
    ) -> None:
        self.code, self.words, self.rid, self.outcome = code, words, rid, outcome
        self.errmsg, self.retry_after = errmsg, retry_after
        parts = [
            f"微信 {code}" if code is not None else "微信",
            outcome.value,
            words,
            errmsg,
            f"rid {rid}" if rid else "",
        ]
        super().__init__(" · ".join(part for part in parts if part))

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are rebuilt from `args`, which hold the text only; a job queue pickles them.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[WeChatError], args: tuple[Any, ...], state: dict[str, Any]) -> WeChatError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class NotSent(WeChatError):
    """Nothing can have reached WeChat: sending again is safe."""

    def __init__(self, words: str = "没有连上微信，稍后会自动重试。", *, errmsg: str = "") -> None:
        super().__init__(None, words, None, Outcome.RETRY, errmsg=errmsg, retry_after=5.0)


class AnswerLost(WeChatError):
    """WeChat may have done it: the answer did not come, was cut, or could not be read."""

    def __init__(self, words: str = "请求已发出，但没有收到微信的答复。", *, errmsg: str = "") -> None:
        super().__init__(None, words, None, Outcome.UNKNOWN, errmsg=errmsg)


class PushRefused(Exception):
    """A request to our push URL that is not taken; `status` is the HTTP status it deserves."""

    status = 400


class Forged(PushRefused):
    """It does not prove that it comes from WeChat and is meant for this account."""

    status = 403


class Malformed(PushRefused):
    """It cannot be read as a push of WeChat."""

    status = 400


def errcode_of(answer: Mapping[str, Any]) -> int:
    """Return the errcode of `answer`, 0 when it has none. Raises AnswerLost when it is not a number."""
    code = answer.get("errcode", 0)
    try:
        return int(code)
    except (TypeError, ValueError, OverflowError):
        pass
    raise AnswerLost("微信的答复无法识别。")


def refusal(answer: Mapping[str, Any], *, by_secret: bool = False) -> WeChatError:
    """Return the error an answer with a non-zero errcode stands for.

    A call that proves itself by the AppSecret (`by_secret`) gets 40001 for a wrong secret, not for a token.

    An unknown code is FINAL with WeChat's own words: repeating what we do not understand mends nothing.
    """
    code = errcode_of(answer)
    errmsg, rid = split_errmsg(answer.get("errmsg"))
    meaning = explain(WRONG_SECRET if by_secret and code == WRONG_CREDENTIAL else code)
    if meaning is None:
        return WeChatError(code, errmsg or f"微信返回了错误 {code}。", rid, Outcome.FINAL, errmsg=errmsg)
    return WeChatError(
        code, meaning.words, rid, meaning.outcome, errmsg=errmsg, retry_after=meaning.retry_after
    )


def split_errmsg(errmsg: object) -> tuple[str, str | None]:
    """Return WeChat's text, short and without anything that looks like an id or a credential, and the rid."""
    text = errmsg[:2000] if isinstance(errmsg, str) else ""
    found = _RID.search(text)
    text = _CONTROL.sub(" ", _CREDENTIAL.sub("…", _RID.sub("", text)))
    return text.strip()[:_MAX_ERRMSG], found.group(1) if found else None
