"""Time: one place that says what time it is, and how a time is written for people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = "一二三四五六日"


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source()


@contextmanager
def clock_at(moment: datetime | Callable[[], datetime]) -> Iterator[None]:
    """Let `utc_now` say `moment` (or what `moment()` gives) inside the block: how tests travel in time."""
    global _source
    before = _source
    _source = moment if callable(moment) else lambda: moment
    try:
        yield
    finally:
        _source = before


def tell_by(decided_at: datetime, within: timedelta) -> datetime:
    """When, at the latest, the person concerned must have been told."""
    return decided_at + within


def span_text(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """A session as people say it: `3月15日 周五 14:00–16:00`, in the local time of `zone`."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    day = f"{start.month}月{start.day}日 周{_WEEKDAYS[start.weekday()]}"
    return f"{day} {start:%H:%M}–{end:%H:%M}"


def card_time(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as WeChat's `time` and `date` fields take it: `2024年3月15日 14:00`."""
    local = moment.astimezone(zone)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def iso_utc(moment: datetime) -> str:
    """`2024-03-15T06:00:00Z`: how the API writes a time."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
