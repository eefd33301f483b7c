"""The life of one act of cancelling."""

import secrets
from enum import StrEnum

from server.domain.transitions import next_state


class Initiator(StrEnum):
    """Who decided that the interview will not take place."""

    CANDIDATE = "candidate"
    STAFF = "staff"
    RULE = "rule"
    INCIDENT = "incident"


class CancellationStatus(StrEnum):
    """Where an act of cancelling stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class CancellationAction(StrEnum):
    """What can be done to it."""

    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


_S, _A = CancellationStatus, CancellationAction

TRANSITIONS: dict[tuple[CancellationStatus, CancellationAction], CancellationStatus] = {
    (_S.REQUESTED, _A.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _A.CONFIRM): _S.CONFIRMED,  # the second click, or a colleague was first
    (_S.REQUESTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.WITHDRAWN, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.REQUESTED, _A.RESTORE): _S.RESTORED,
    (_S.RESTORED, _A.RESTORE): _S.RESTORED,
}

STATUS_TEXT = {
    _S.REQUESTED: "待 HR 确认",
    _S.CONFIRMED: "已确认取消",
    _S.WITHDRAWN: "已撤回",
    _S.RESTORED: "已恢复面试",
}

INITIATOR_TEXT = {
    Initiator.CANDIDATE: "候选人",
    Initiator.STAFF: "公司",
    Initiator.RULE: "自动规则",
    Initiator.INCIDENT: "系统故障",
}

# Crockford's alphabet: nobody reads I, L, O or U over the phone as something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def after(status: CancellationStatus, action: CancellationAction) -> CancellationStatus:
    """The status after `action`; raises InvalidTransition where the table lists none."""
    return next_state(TRANSITIONS, status, action)


def new_reference() -> str:
    """A reference a candidate can read to HR over the phone: `QX-7K3M-9P2D`, 40 random bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"QX-{letters[:4]}-{letters[4:]}"
