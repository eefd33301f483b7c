"""Sends what is due."""

from server.queues import OUTBOX
from server.runtime import runtime
from server.services.outbox import dispatch_due


def dispatch() -> int:
    """Send everything that is due; woken up by commits and, for what no wake-up remembers, by the sweep."""
    runtime().nudger.began(OUTBOX)
    return dispatch_due()
