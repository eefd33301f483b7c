"""Ways to reach a person."""

from server.channels.base import Channel, Outgoing, SendOutcome, SendResult

__all__ = ["Channel", "Outgoing", "SendOutcome", "SendResult"]
