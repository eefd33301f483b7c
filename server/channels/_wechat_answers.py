"""WeChat's answers as results of a channel: the same table for both message kinds."""

from datetime import timedelta

from server.channels.base import SendOutcome, SendResult
from server.wechat.error_codes import Outcome
from server.wechat.errors import AnswerLost, WeChatError

_OUTCOMES = {
    # The one immediate retry was not enough; a later try may find a good token.
    Outcome.TOKEN: SendOutcome.RETRY,
    Outcome.RETRY: SendOutcome.RETRY,
    Outcome.PAUSE: SendOutcome.RETRY,
    Outcome.REFUSED: SendOutcome.REFUSED,
    Outcome.FINAL: SendOutcome.FAILED,
    Outcome.CONFIG: SendOutcome.FAILED,
}
_PAUSE = timedelta(minutes=10)


def result_of(error: WeChatError) -> SendResult:
    """What a failed call to WeChat means for the delivery."""
    if isinstance(error, AnswerLost):
        return SendResult(SendOutcome.LOST, words=error.words)
    delay = timedelta(seconds=error.retry_after) if error.retry_after else None
    if error.outcome is Outcome.PAUSE:
        delay = _PAUSE
    return SendResult(
        _OUTCOMES[error.outcome],
        code=None if error.code is None else str(error.code),
        words=error.words,
        delay=delay,
        raw={"errcode": error.code, "errmsg": error.errmsg, "rid": error.rid},
    )
