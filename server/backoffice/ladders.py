"""The honest ladder as a page shows it: the rungs reached, with their times, and what went wrong."""

from dataclasses import dataclass
from datetime import datetime

from server.domain.delivery import LADDER, STATUS_TEXT, DeliveryStatus
from server.domain.events import ChannelName
from server.models import Delivery

_S = DeliveryStatus
_ICONS = {
    _S.QUEUED: "clock",
    _S.ACCEPTED: "send",
    _S.DELIVERED: "device-mobile",
    _S.OPENED: "eye",
    _S.ACKNOWLEDGED: "checks",
    _S.REFUSED: "message-x",
    _S.FAILED: "circle-x",
    _S.UNKNOWN: "help-circle",
}
_TIMES = {
    _S.QUEUED: "created_at",
    _S.ACCEPTED: "accepted_at",
    _S.DELIVERED: "delivered_at",
    _S.OPENED: "opened_at",
    _S.ACKNOWLEDGED: "acknowledged_at",
}
_TROUBLE = {_S.REFUSED, _S.FAILED, _S.UNKNOWN}
# Who carries a channel's messages: whose words and receipts a page shows.
PROVIDER = {
    ChannelName.WECHAT_SUBSCRIBE: "微信",
    ChannelName.WECHAT_TEMPLATE: "微信",
    ChannelName.SMS: "短信服务商",
    ChannelName.EMAIL: "邮件服务器",
}
_NO_WORDS = {
    _S.REFUSED: "对方没有订阅，或拒收了这条消息。",
    _S.FAILED: "{by}没有说明原因。",
    _S.UNKNOWN: "消息已发出，但没有收到{by}的答复；系统不会重复发送，正在等待回执。",
}


@dataclass(frozen=True)
class Step:
    """One rung. `at` may be missing on a rung that a later one implies."""

    word: str
    icon: str
    at: datetime | None
    reached: bool
    current: bool


@dataclass(frozen=True)
class Mark:
    """What stands beside the ladder when a message went wrong: refused, failed or unknown."""

    kind: str
    word: str
    icon: str
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class Ladder:
    """Five steps, perhaps a mark, the present state in a word, and a note about a retry."""

    steps: list[Step]
    mark: Mark | None
    word: str
    at: datetime | None
    note: str | None


def ladder_of(delivery: Delivery) -> Ladder:
    """The ladder of one delivery."""
    status = delivery.status
    top = _top(delivery)
    steps = [
        Step(
            word=STATUS_TEXT[status] if rung is _S.QUEUED and status is _S.SENDING else STATUS_TEXT[rung],
            icon=_ICONS[rung],
            at=getattr(delivery, _TIMES[rung]),
            reached=place <= top,
            current=place == top and status not in _TROUBLE,
        )
        for place, rung in enumerate(LADDER)
    ]
    mark = _mark(delivery) if status in _TROUBLE else None
    return Ladder(steps, mark, STATUS_TEXT[status], mark.at if mark else steps[top].at, _note(delivery))


def _top(delivery: Delivery) -> int:
    """The highest rung reached; behind a mark it is read off the times."""
    if delivery.status in LADDER:
        return LADDER.index(delivery.status)
    reached = [place for place, rung in enumerate(LADDER) if getattr(delivery, _TIMES[rung]) is not None]
    return 0 if delivery.status is _S.SENDING else max(reached, default=0)


def _mark(delivery: Delivery) -> Mark:
    status = delivery.status
    return Mark(
        kind=status.value,
        word="未绑定微信" if delivery.error_code == "unbound" else STATUS_TEXT[status],
        icon=_ICONS[status],
        reason=delivery.error_words or _NO_WORDS[status].format(by=PROVIDER[delivery.channel]),
        at=delivery.ended_at or delivery.sent_at,
    )


def _note(delivery: Delivery) -> str | None:
    if delivery.status is not _S.QUEUED or not delivery.attempts:
        return None
    return f"已尝试 {delivery.attempts} 次，稍后自动重试。{delivery.error_words or ''}"
