"""The honest ladder: what became of one message over one channel, and never more than we know."""

from datetime import timedelta
from enum import StrEnum

from server.domain.transitions import next_state


class DeliveryStatus(StrEnum):
    """The rung a delivery stands on."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"


class DeliveryAction(StrEnum):
    """What can happen to a delivery; most of it comes from outside, late, twice or out of order."""

    CLAIM = "claim"
    ACCEPT = "accept"
    POSTPONE = "postpone"
    REFUSE = "refuse"
    FAIL = "fail"
    LOSE = "lose"
    DELIVER = "deliver"
    MISCARRY = "miscarry"
    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"


_S, _A = DeliveryStatus, DeliveryAction

TRANSITIONS: dict[tuple[DeliveryStatus, DeliveryAction], DeliveryStatus] = {
    (_S.QUEUED, _A.CLAIM): _S.SENDING,
    # The answer to our call.
    (_S.SENDING, _A.ACCEPT): _S.ACCEPTED,
    (_S.SENDING, _A.POSTPONE): _S.QUEUED,
    (_S.SENDING, _A.REFUSE): _S.REFUSED,
    (_S.SENDING, _A.FAIL): _S.FAILED,
    (_S.SENDING, _A.LOSE): _S.UNKNOWN,
    # The answer after the lease ran out: the sweep had already said "unknown" …
    (_S.UNKNOWN, _A.ACCEPT): _S.ACCEPTED,
    (_S.UNKNOWN, _A.POSTPONE): _S.UNKNOWN,
    (_S.UNKNOWN, _A.REFUSE): _S.REFUSED,
    (_S.UNKNOWN, _A.FAIL): _S.FAILED,
    (_S.UNKNOWN, _A.LOSE): _S.UNKNOWN,
    # … or had put it back, where the provider drops repeats.
    (_S.QUEUED, _A.ACCEPT): _S.ACCEPTED,
    (_S.QUEUED, _A.POSTPONE): _S.QUEUED,
    (_S.QUEUED, _A.REFUSE): _S.REFUSED,
    (_S.QUEUED, _A.FAIL): _S.FAILED,
    (_S.QUEUED, _A.LOSE): _S.QUEUED,
    # The answer after another answer, a receipt or the person overtook it.
    **{
        (state, answer): state
        for state in (_S.ACCEPTED, _S.DELIVERED, _S.OPENED, _S.ACKNOWLEDGED, _S.REFUSED, _S.FAILED)
        for answer in (_A.ACCEPT, _A.POSTPONE, _A.REFUSE, _A.FAIL, _A.LOSE)
    },
    # The provider's receipt: it arrived.
    (_S.SENDING, _A.DELIVER): _S.DELIVERED,
    (_S.ACCEPTED, _A.DELIVER): _S.DELIVERED,
    (_S.UNKNOWN, _A.DELIVER): _S.DELIVERED,
    (_S.DELIVERED, _A.DELIVER): _S.DELIVERED,
    (_S.OPENED, _A.DELIVER): _S.OPENED,
    (_S.ACKNOWLEDGED, _A.DELIVER): _S.ACKNOWLEDGED,
    (_S.FAILED, _A.DELIVER): _S.FAILED,  # final is final
    # The provider's receipt: it did not arrive.
    (_S.SENDING, _A.MISCARRY): _S.FAILED,
    (_S.ACCEPTED, _A.MISCARRY): _S.FAILED,
    (_S.UNKNOWN, _A.MISCARRY): _S.FAILED,
    (_S.FAILED, _A.MISCARRY): _S.FAILED,
    (_S.DELIVERED, _A.MISCARRY): _S.DELIVERED,
    (_S.OPENED, _A.MISCARRY): _S.OPENED,
    (_S.ACKNOWLEDGED, _A.MISCARRY): _S.ACKNOWLEDGED,
    # The person. Whoever opened the card has it, whatever the provider said.
    (_S.SENDING, _A.OPEN): _S.OPENED,
    (_S.ACCEPTED, _A.OPEN): _S.OPENED,
    (_S.UNKNOWN, _A.OPEN): _S.OPENED,
    (_S.DELIVERED, _A.OPEN): _S.OPENED,
    (_S.FAILED, _A.OPEN): _S.OPENED,
    (_S.OPENED, _A.OPEN): _S.OPENED,
    (_S.ACKNOWLEDGED, _A.OPEN): _S.ACKNOWLEDGED,
    (_S.SENDING, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.ACCEPTED, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.UNKNOWN, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.DELIVERED, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.FAILED, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.OPENED, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.ACKNOWLEDGED, _A.ACKNOWLEDGE): _S.ACKNOWLEDGED,
}

STATUS_TEXT = {
    _S.QUEUED: "排队中",
    _S.SENDING: "发送中",
    _S.ACCEPTED: "已提交",
    _S.DELIVERED: "已送达",
    _S.OPENED: "已打开",
    _S.ACKNOWLEDGED: "已确认",
    _S.REFUSED: "未订阅/拒收",
    _S.FAILED: "发送失败",
    _S.UNKNOWN: "结果待核实",
}

# The five steps a ladder shows; the other states are marks beside it.
LADDER = (_S.QUEUED, _S.ACCEPTED, _S.DELIVERED, _S.OPENED, _S.ACKNOWLEDGED)
# Nothing more will happen by itself.
SETTLED = frozenset({_S.REFUSED, _S.FAILED, _S.DELIVERED, _S.OPENED, _S.ACKNOWLEDGED})
# The message left us and no receipt has come: a receipt without our message id can belong to these only.
AWAITING_RECEIPT = frozenset({_S.SENDING, _S.ACCEPTED, _S.UNKNOWN})

_BACKOFF_SECONDS = (2, 5, 15, 30, 60, 120)


def after(status: DeliveryStatus, action: DeliveryAction) -> DeliveryStatus:
    """The rung after `action`; raises InvalidTransition where the table lists none."""
    return next_state(TRANSITIONS, status, action)


def backoff(attempts: int) -> timedelta:
    """How long to wait before the next try, after `attempts` tries that did not get through."""
    return timedelta(seconds=_BACKOFF_SECONDS[min(max(attempts, 1), len(_BACKOFF_SECONDS)) - 1])
