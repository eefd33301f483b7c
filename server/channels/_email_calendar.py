"""The appointment an e-mail carries, as calendars read it (RFC 5545, and RFC 5546 for REQUEST and CANCEL)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from server.domain import clock

_REMIND_BEFORE = timedelta(minutes=30)
_ZONE_NAMES = {"Asia/Shanghai": "北京时间"}


def calendar_file(
    appointment: Mapping[str, Any], *, sender: str, company: str, zone: ZoneInfo, link: str | None = None
) -> str:
    """The text of an .ics file: an invitation, or the cancellation of one with the same `uid`.

    `appointment` is the "calendar" of an e-mail's payload; `sender` stands in where it names no organizer.
    Times are written in UTC; the description says them once more in `zone`, in words.
    """
    cancelled = appointment["method"] == "CANCEL"
    starts_at, ends_at = (_moment(appointment[key]) for key in ("starts_at", "ends_at"))
    event = Event()
    event.add("uid", appointment["uid"])
    event.add("sequence", appointment["sequence"])
    event.add("dtstamp", clock.utc_now())
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", appointment["summary"])
    event.add("description", _description(appointment["description"], starts_at, ends_at, zone))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if link:
        event.add("url", link)
    event.add("organizer", _person(appointment.get("organizer") or sender, CN=company))
    if appointment.get("attendee"):
        # Nobody reads answers to the organizer's mailbox: people confirm on the page.
        event.add("attendee", _person(appointment["attendee"], ROLE="REQ-PARTICIPANT", RSVP="FALSE"))
    if not cancelled:
        event.add_component(_reminder(appointment["summary"]))
    return _wrapped(event, appointment["method"], zone)


def _wrapped(event: Event, method: str, zone: ZoneInfo) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Yuemian//Yuemian//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _reminder(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_REMIND_BEFORE)
    return alarm


def _description(text: str, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    year = starts_at.astimezone(zone).year
    when = f"{year}年{clock.span_text(starts_at, ends_at, zone)}"
    return f"{text}\n\n时间：{when}（{_ZONE_NAMES.get(zone.key, zone.key)}）"


def _person(address: str, **parameters: str) -> vCalAddress:
    # An address is written as it is, unescaped: nothing but one word may get there.
    person = vCalAddress(f"mailto:{''.join(address.split())}")
    for name, value in parameters.items():
        person.params[name] = vText(" ".join(value.replace('"', "").split()))
    return person


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
