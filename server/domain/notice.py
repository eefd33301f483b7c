"""How one notice finds its way: which channel comes next, and when it is time for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName

_S = DeliveryStatus
# The person cannot have the message over this channel.
_DEAD = frozenset({_S.REFUSED, _S.FAILED})


@dataclass(frozen=True)
class Patience:
    """How long to wait for a sign before the next channel is tried."""

    silence: timedelta  # the provider took it, and no receipt came
    unknown: timedelta  # nobody can say whether the provider took it


@dataclass(frozen=True)
class Attempt:
    """One delivery as far as the way matters: its channel, its rung, and since when it stands there."""

    channel: ChannelName
    status: DeliveryStatus
    since: datetime


class Move(StrEnum):
    """What to do about a notice now."""

    WAIT = "wait"
    SEND = "send"
    GIVE_UP = "give_up"


@dataclass(frozen=True)
class Step:
    """The next move: the channel to SEND over, or when to look again while we WAIT (None: an event comes)."""

    move: Move
    channel: ChannelName | None = None
    look_again_at: datetime | None = None


def next_step(
    order: Sequence[ChannelName],
    reachable: Iterable[ChannelName],
    attempts: Sequence[Attempt],
    patience: Patience,
    now: datetime,
) -> Step:
    """What comes next for a notice nobody has been told by yet.

    `order` is the order of channels, `reachable` those for which the person has an address; `attempts` are
    the deliveries so far, the newest of each channel. A channel is used once: only HR sends over it again.
    """
    tried = {attempt.channel for attempt in attempts}
    untried = [channel for channel in order if channel in set(reachable) and channel not in tried]
    alive = [attempt for attempt in attempts if attempt.status not in _DEAD]
    waits = [_patient_until(attempt, patience) for attempt in alive]
    open_ended = any(wait is None for wait in waits)
    until = max((wait for wait in waits if wait is not None), default=None)
    if open_ended or (until is not None and until > now):
        return Step(Move.WAIT, look_again_at=None if open_ended else until)
    if untried:
        return Step(Move.SEND, channel=untried[0])
    return Step(Move.GIVE_UP)


def _patient_until(attempt: Attempt, patience: Patience) -> datetime | None:
    """Until when a living attempt holds the next channel back; None while it is still ours to send."""
    if attempt.status is _S.ACCEPTED:
        return attempt.since + patience.silence
    if attempt.status is _S.UNKNOWN:
        return attempt.since + patience.unknown
    # Queued and sending end by themselves: by an answer, by the lease, or after the last try.
    return None
