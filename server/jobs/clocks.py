"""Runs what is due by the clock."""

from server.services.clocks import run_clocks


def tick() -> int:
    """Remind, escalate, confirm and raise alarms, as far as they are due."""
    return run_clocks()
