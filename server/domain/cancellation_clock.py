"""The clock of a cancellation nobody has handled: remind, escalate, confirm; each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class ClockTimes:
    """How long after the candidate's request each thing happens; `confirm` is None when switched off."""

    remind: timedelta
    escalate: timedelta
    confirm: timedelta | None


class Tick(StrEnum):
    """What the clock does."""

    REMIND = "remind"
    ESCALATE = "escalate"
    CONFIRM = "confirm"


def due_ticks(
    requested_at: datetime,
    reminded_at: datetime | None,
    escalated_at: datetime | None,
    times: ClockTimes,
    now: datetime,
) -> tuple[list[Tick], datetime | None]:
    """What is due now, and when to look again (None: never).

    A confirmation makes reminders pointless, so it comes alone. What was done is never done again, even when
    the machine's clock jumps back.
    """
    if times.confirm is not None and now >= requested_at + times.confirm:
        return [Tick.CONFIRM], None
    ticks = []
    ahead = [requested_at + times.confirm] if times.confirm is not None else []
    for tick, after, done in (
        (Tick.REMIND, times.remind, reminded_at),
        (Tick.ESCALATE, times.escalate, escalated_at),
    ):
        if done is not None:
            continue
        if now >= requested_at + after:
            ticks.append(tick)
        else:
            ahead.append(requested_at + after)
    return ticks, min(ahead, default=None)
