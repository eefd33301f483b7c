"""The record of one interview: facts, cancellations, every message with its ladder, and the whole story."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_staff
from server.backoffice.rendering import wants_part
from server.backoffice.wording import ACTOR_TEXT, AUDIT_TEXT, receipt
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.events import CHANNEL_TEXT, EVENT_TEXT, Audience, ChannelName, Event
from server.domain.interview import OBSTACLE_TEXT, obstacle_to_cancelling
from server.domain.permissions import Permission
from server.models import AuditEntry, Interview
from server.queries.interviews import get_for_staff, may
from server.queries.records import (
    NoticeRecord,
    list_audit,
    list_cancellations,
    list_notice_records,
    record_version,
)

_NOT_TAKEN = (DeliveryStatus.REFUSED, DeliveryStatus.FAILED)


@dataclass(frozen=True)
class Moment:
    """One line of the story: when, who, what, and perhaps more words."""

    at: datetime
    who: str
    what: str
    more: str | None
    kind: str  # person | message


@blueprint.get("/interviews/<int:interview_id>", endpoint="show_record")
def show_record(interview_id: int) -> str:
    """The record, or for htmx its changing part."""
    template = "records/_record.html" if wants_part() else "records/page.html"
    return render_template(template, **record_values(interview_id))


def record_values(interview_id: int) -> dict[str, Any]:
    """What the record's templates need; raises NotFound outside of what the viewer may see."""
    staff = current_staff()
    interview = get_for_staff(interview_id, staff)
    version = version_of(interview)
    notices = list_notice_records(interview.id)
    cancellations = list_cancellations(interview.id)
    may_cancel = may(staff, Permission.CANCEL_INTERVIEW, interview)
    open_to_cancelling = may_cancel and why_not_cancellable(interview) is None
    invite_path = f"pages/interview/index?invite={interview.invite_token}"
    return {
        "interview": interview,
        "version": version,
        "notices": notices,
        "cancellations": cancellations,
        "told_at": {
            record.notice.cancellation_id: record.notice.told_at
            for record in notices
            if record.notice.audience is Audience.CANDIDATE and record.notice.cancellation_id
        },
        "unreached": _unreached(notices),
        "may_confirm": may(staff, Permission.CONFIRM_CANCELLATION, interview),
        "may_cancel": open_to_cancelling,
        "invite_path": invite_path if open_to_cancelling and interview.candidate.openid is None else None,
        "story": _story(list_audit(interview), notices),
        "printed_at": clock.utc_now(),
    }


def version_of(interview: Interview) -> str:
    """A text that changes when the record does."""
    return f"{record_version(interview.id)}-{int(interview.candidate.openid is not None)}"


def _unreached(notices: list[NoticeRecord]) -> set[int]:
    """The cancellations of which the candidate knows nothing, because the last message was not taken."""
    return {
        record.notice.cancellation_id
        for record in notices
        if record.notice.audience is Audience.CANDIDATE
        and record.notice.cancellation_id is not None
        and record.notice.told_at is None
        and record.messages
        and record.messages[-1].delivery.status in _NOT_TAKEN
    }


def why_not_cancellable(interview: Interview) -> str | None:
    """Why the company can no longer cancel it, in words; None when it can."""
    obstacle = obstacle_to_cancelling(
        interview.status, interview.submitted_at, interview.slot.ends_at, clock.utc_now()
    )
    return OBSTACLE_TEXT[obstacle] if obstacle else None


def _story(entries: list[AuditEntry], notices: list[NoticeRecord]) -> list[Moment]:
    """Acts of people and what came back about messages, newest first."""
    moments = [_act(entry) for entry in entries]
    for record in notices:
        title = EVENT_TEXT[record.notice.event]
        for message in record.messages:
            for event in message.events:
                what = receipt(event.kind, message.delivery.channel)
                moments.append(Moment(event.at, title, what, event.words, "message"))
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _act(entry: AuditEntry) -> Moment:
    who = ACTOR_TEXT.get(entry.actor_kind, entry.actor_kind)
    name = f"{who} {entry.actor_name}" if entry.actor_name and entry.actor_kind != "system" else who
    return Moment(entry.at, name, AUDIT_TEXT.get(entry.action, entry.action), _about(entry), "person")


def _about(entry: AuditEntry) -> str | None:
    """Which notice an act of HR was about, and over which channel it was sent."""
    event, channel = entry.detail.get("event"), entry.detail.get("channel")
    words = [EVENT_TEXT[Event(event)]] if event in set(Event) else []
    words += [CHANNEL_TEXT[ChannelName(channel)]] if channel in set(ChannelName) else []
    return " · ".join(words) or None
