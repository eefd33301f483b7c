"""What a channel is: one way to reach a person, with its own table of errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName


class SendOutcome(StrEnum):
    """What became of one call to a provider."""

    ACCEPTED = "accepted"  # the provider took it
    RETRY = "retry"  # it did not get through, and a later try may
    REFUSED = "refused"  # this person cannot be reached this way
    FAILED = "failed"  # it will never be accepted as it is
    LOST = "lost"  # it may have been accepted; the answer never came


@dataclass(frozen=True)
class Outgoing:
    """One message as a channel sends it; what stands in `payload` is the channel's own affair."""

    delivery_id: int
    token: str
    address: str
    template_id: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class SendResult:
    """What the provider answered; `words` are its own, `code` is its own number."""

    outcome: SendOutcome
    provider_id: str | None = None
    code: str | None = None
    words: str | None = None
    delay: timedelta | None = None
    raw: dict[str, Any] = field(default_factory=dict)


class Channel(Protocol):
    """One way to reach a person."""

    name: ChannelName
    success_rung: DeliveryStatus
    # Whether the provider itself drops a repeat, so that a lost answer may simply be sent again.
    drops_repeats: bool

    def send(self, message: Outgoing) -> SendResult:
        """Send one message; never raises for anything the provider or the network does."""
        ...
