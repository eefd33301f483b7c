"""Applies what WeChat pushed."""

from server.queues import RECEIPTS
from server.runtime import runtime
from server.services.receipts import apply_pushes


def apply() -> int:
    """Apply every push that is kept and not yet applied."""
    runtime().nudger.began(RECEIPTS)
    return apply_pushes()
