"""Raises notices: what must be told, to whom, over which channels; the rows are the outbox."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from server.db import after_commit, db
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.events import Audience, ChannelName, Event
from server.models import Cancellation, Candidate, Delivery, Interview, Notice, Staff
from server.queues import OUTBOX
from server.runtime import runtime

# What a delivery says when there is no address to send it to.
_UNBOUND = {
    Audience.CANDIDATE: "候选人还没有用微信打开过邀请，无法通过微信通知。",
    Audience.STAFF: "该同事还没有绑定微信，无法收到微信提醒。",
}


@dataclass(frozen=True)
class Preview:
    """A message as it would be read: the page's title and text, and the fields of each channel's card."""

    title: str
    paragraphs: list[str]
    cards: Mapping[ChannelName, Mapping[str, str]]


def wake_dispatcher() -> None:
    """Tell the dispatcher, once the transaction is committed, that rows are due."""
    runtime().nudger.nudge(OUTBOX)


def raise_notice(
    event: Event,
    interview: Interview,
    *,
    staff: Staff | None = None,
    cancellation: Cancellation | None = None,
    deadline_at: datetime | None = None,
) -> Notice:
    """Write down that the interview's candidate, or `staff` for HR's messages, must be told about `event`.

    Call it inside the transaction of the change it tells about. Asked again for the same thing, it gives the
    notice that is already there.
    """
    message = runtime().catalogue.message(event)
    recipient = f"staff:{staff.id}" if staff else f"candidate:{interview.candidate_id}"
    about = f"cancellation:{cancellation.id}" if cancellation else f"interview:{interview.id}"
    key = f"{event.value}/{about}/{recipient}"
    existing = db.session.scalar(select(Notice).where(Notice.dedupe_key == key))
    if existing is not None:
        return existing
    facts = facts_about(interview, cancellation)
    notice = Notice(
        dedupe_key=key,
        event=event,
        audience=message.audience,
        candidate_id=None if staff else interview.candidate_id,
        staff_id=staff.id if staff else None,
        interview_id=interview.id,
        cancellation_id=cancellation.id if cancellation else None,
        title=message.title,
        paragraphs=message.render_paragraphs(facts),
        facts=facts,
        deadline_at=deadline_at,
    )
    db.session.add(notice)
    db.session.flush()
    notice.candidate, notice.staff = (None, staff) if staff else (interview.candidate, None)
    # The best channel comes first even without an address: that it could not be used belongs on the record.
    order = channel_order(notice)
    if order:
        add_delivery(notice, order[0])
    else:
        notice.next_step_at = clock.utc_now()
    return notice


def channel_order(notice: Notice) -> list[ChannelName]:
    """The channels over which this notice can go, best first: in the settings, set up, with words for it."""
    current = runtime()
    orders = current.settings.channels
    order = orders.candidate if notice.audience is Audience.CANDIDATE else orders.staff
    texts = current.catalogue.message(notice.event).channels
    return [channel for channel in order if channel in current.channels and channel in texts]


def address_of(notice: Notice, channel: ChannelName) -> str | None:
    """Where the notice's person is reached over `channel`; None when we do not know."""
    person = notice.candidate if notice.audience is Audience.CANDIDATE else notice.staff
    if person is None:
        return None
    if channel is ChannelName.EMAIL:
        return person.email
    if channel is ChannelName.SMS:
        return person.mobile if isinstance(person, Candidate) else None
    return person.openid


def add_delivery(notice: Notice, channel: ChannelName, *, round_: int = 1) -> Delivery:
    """Put one message of `notice` into the outbox, or write down at once that there is nowhere to send it."""
    text = runtime().catalogue.message(notice.event).channels[channel]
    token = secrets.token_urlsafe(16)
    now = clock.utc_now()
    address = address_of(notice, channel)
    public_url = runtime().settings.public_url.rstrip("/")
    links = {**notice.facts, "token": token, "notice_id": notice.id, "public_url": public_url}
    delivery = Delivery(
        notice_id=notice.id,
        channel=channel,
        round=round_,
        token=token,
        address=address,
        template_id=runtime().template_id(channel, text.template),
        payload=text.payload(notice.facts, links),
        status=DeliveryStatus.QUEUED if address else DeliveryStatus.REFUSED,
        next_attempt_at=now if address else None,
        error_code=None if address else "unbound",
        error_words=None if address else _UNBOUND[notice.audience],
        ended_at=None if address else now,
    )
    db.session.add(delivery)
    notice.next_step_at = None if address else now
    after_commit(wake_dispatcher)
    return delivery


def preview_notice(event: Event, interview: Interview, reason: str | None) -> Preview:
    """What `event` would say about the interview for a reason of this label; a pure read.

    What only the act itself brings (its reference, a reason not chosen yet) stands in brackets.
    """
    message = runtime().catalogue.message(event)
    facts = {**facts_about(interview), "reason": reason or "〔所选原因〕", "reference": "〔确认后生成〕"}
    known = runtime().channels
    cards = {name: text.preview(facts) for name, text in message.channels.items() if name in known}
    return Preview(message.title, message.render_paragraphs(facts), cards)


def facts_about(interview: Interview, cancellation: Cancellation | None = None) -> dict[str, Any]:
    """What the texts may speak of, as plain values that are kept with the notice."""
    settings = runtime().settings
    slot, recruiter = interview.slot, interview.position.recruiter
    phone = f" {recruiter.phone}" if recruiter.phone else ""
    return {
        "candidate": interview.candidate.name,
        "company": settings.company,
        "position": interview.position.name,
        "number": interview.number,
        "interview_id": interview.id,
        "when": clock.span_text(slot.starts_at, slot.ends_at, settings.zone),
        "card_time": clock.card_time(slot.starts_at, settings.zone),
        "contact": f"招聘专员 {recruiter.name}{phone}",
        "contact_short": f"{recruiter.name}{phone}",
        "contact_email": recruiter.email,
        "candidate_email": interview.candidate.email or "",
        "mobile": interview.candidate.mobile,
        "starts_at": clock.iso_utc(slot.starts_at),
        "ends_at": clock.iso_utc(slot.ends_at),
        "calendar_sequence": interview.version,
        "reason": cancellation.reason.label_zh if cancellation else "",
        "reference": cancellation.number if cancellation else "",
        "tell_by": clock.card_time(cancellation.tell_by, settings.zone) if cancellation else "",
    }
