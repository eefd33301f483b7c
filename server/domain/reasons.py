"""For whom a reason to cancel is offered."""

from enum import StrEnum


class ReasonAudience(StrEnum):
    """Who may choose a reason."""

    CANDIDATE = "candidate"
    STAFF = "staff"
    SYSTEM = "system"


NOTE_LIMIT = 200  # characters a free note may have
