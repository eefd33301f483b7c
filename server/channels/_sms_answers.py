"""What an SMS provider's answer means for a delivery: the form of its error table, and the network's part."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

from server.channels.base import SendOutcome, SendResult

# The longest words and the longest code of a provider that are kept.
_LONGEST, _LONGEST_CODE = 300, 40
_MOBILES = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class Meaning:
    """One line of a provider's table: what follows, a Chinese sentence for HR, seconds until a repeat."""

    outcome: SendOutcome
    words: str
    seconds: float | None = None


Table = Mapping[str, Meaning]


class SmsProvider(Protocol):
    """One SMS provider behind its own SDK."""

    def send(self, mobile: str, template: str, params: Mapping[str, str], token: str) -> SendResult:
        """Hand over one message; never raises for what the provider or the network does."""
        ...


def retry(words: str, seconds: float) -> Meaning:
    """Nothing was sent, and the same call may work in so many seconds."""
    return Meaning(SendOutcome.RETRY, words, seconds)


def refused(words: str) -> Meaning:
    """This person cannot be reached by SMS now; another channel is needed."""
    return Meaning(SendOutcome.REFUSED, words)


def failed(words: str) -> Meaning:
    """No such call works until somebody changes something."""
    return Meaning(SendOutcome.FAILED, words)


def lost(words: str) -> Meaning:
    """The provider itself does not know whether the message went out."""
    return Meaning(SendOutcome.LOST, words)


def answer_result(table: Table, code: str, message: str | None, request_id: str | None) -> SendResult:
    """What a refusal means; an unknown code is FAILED with the provider's own words."""
    own = _MOBILES.sub("…", message or "")[:_LONGEST]
    meaning = table.get(code) or failed(own or f"短信服务商返回了错误 {code}。")
    return SendResult(
        meaning.outcome,
        code=short_code(code),
        words=meaning.words,
        delay=timedelta(seconds=meaning.seconds) if meaning.seconds else None,
        raw={"code": code, "message": own, "request_id": request_id},
    )


def short_code(code: str) -> str:
    """A code as a delivery keeps it, in 40 characters: Tencent's longest lose the family before the dot."""
    return code if len(code) <= _LONGEST_CODE else code.rpartition(".")[2][:_LONGEST_CODE]


def network_result(error: BaseException) -> SendResult:
    """What a call without a readable answer means: RETRY when nothing can have left us, else LOST.

    The texts of these errors hold the address and with it the mobile number, so that only their kind is kept.
    """
    kinds = list(_chain(error))
    raw = {"error": type(kinds[-1]).__name__}
    if any(_not_sent(one) for one in kinds):
        words = "没有连上短信服务商，稍后会自动重试。"
        return SendResult(SendOutcome.RETRY, words=words, delay=timedelta(seconds=5), raw=raw)
    return SendResult(SendOutcome.LOST, words="短信请求已发出，但没有收到服务商的答复。", raw=raw)


def _not_sent(error: BaseException) -> bool:
    if isinstance(error, RequestsConnectionError) and error.args and isinstance(error.args[0], MaxRetryError):
        reason = error.args[0].reason
        return isinstance(reason, NewConnectionError | NameResolutionError | ConnectTimeoutError)
    return isinstance(error, ConnectTimeout | NewConnectionError | ConnectTimeoutError)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was made of: both SDKs wrap what happened on the network in a text."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "inner_exception", None), one.__cause__, one.__context__]
