"""Rows as the API shows them."""

from typing import Any

from server.domain import cancellation as act
from server.domain import clock
from server.domain import interview as life
from server.domain.cancellation import CancellationStatus, Initiator
from server.domain.events import Event
from server.domain.interview import InterviewStatus
from server.models import Cancellation, Interview, Notice, Position
from server.runtime import runtime


def contact_view(position: Position) -> dict[str, Any]:
    """Whom the candidate asks about a position."""
    recruiter = position.recruiter
    return {"name": recruiter.name, "phone": recruiter.phone, "email": recruiter.email}


def interview_view(interview: Interview, cancellation: Cancellation | None) -> dict[str, Any]:
    """An interview with the cancellation that stands, if any."""
    settings = runtime().settings
    slot = interview.slot
    now = clock.utc_now()
    obstacle = life.obstacle_to_cancelling(interview.status, interview.submitted_at, slot.ends_at, now)
    return {
        "id": interview.id,
        "number": interview.number,
        "status": interview.status.value,
        "status_text": life.STATUS_TEXT[interview.status],
        "company": settings.company,
        "position": interview.position.name,
        "department": interview.position.department.name,
        "starts_at": clock.iso_utc(slot.starts_at),
        "ends_at": clock.iso_utc(slot.ends_at),
        "when_text": clock.span_text(slot.starts_at, slot.ends_at, settings.zone),
        "contact": contact_view(interview.position),
        "can_confirm": interview.status is InterviewStatus.INVITED and slot.ends_at > now,
        "can_cancel": obstacle is None,
        "why_not": life.OBSTACLE_TEXT[obstacle] if obstacle else None,
        "cancellation": cancellation_view(cancellation) if cancellation else None,
    }


def cancellation_view(cancellation: Cancellation) -> dict[str, Any]:
    """An act of cancelling."""
    confirmed = cancellation.confirmed_at
    return {
        "id": cancellation.id,
        "number": cancellation.number,
        "status": cancellation.status.value,
        "status_text": act.STATUS_TEXT[cancellation.status],
        "initiator": cancellation.initiator.value,
        "initiator_text": act.INITIATOR_TEXT[cancellation.initiator],
        "reason": {"code": cancellation.reason.code, "label": cancellation.reason.label_zh},
        "note": cancellation.note if cancellation.initiator is Initiator.CANDIDATE else None,
        "requested_at": clock.iso_utc(cancellation.requested_at),
        "confirmed_at": clock.iso_utc(confirmed) if confirmed else None,
        "next_step": _next_step(cancellation),
        "tell_by": clock.iso_utc(cancellation.tell_by),
    }


def _next_step(cancellation: Cancellation) -> str:
    zone = runtime().settings.zone
    if cancellation.status is CancellationStatus.REQUESTED:
        by = cancellation.tell_by.astimezone(zone)
        day = "" if by.date() == clock.utc_now().astimezone(zone).date() else f"{by.month}月{by.day}日 "
        return f"HR 已收到您的取消，会在 {day}{by:%H:%M} 前确认，结果可以在这里查看。您不需要再做任何事。"
    if cancellation.status is CancellationStatus.CONFIRMED and cancellation.initiator is Initiator.CANDIDATE:
        return "HR 已确认您的取消，面试不会进行。您不需要再做任何事。"
    if cancellation.status is CancellationStatus.CONFIRMED:
        return "这场面试不会进行，请不要在原定时间进入。后续安排可以联系招聘专员。"
    return "面试已恢复，请按原定时间参加。"


def notice_view(notice: Notice) -> dict[str, Any]:
    """A notice in full, with the words as they were decided."""
    acknowledged = notice.acknowledged_at
    return {
        "id": notice.id,
        "event": notice.event.value,
        "title": notice.title,
        "paragraphs": notice.paragraphs,
        "reason": notice.facts.get("reason") or None,
        "interview_id": notice.interview_id,
        "created_at": clock.iso_utc(notice.created_at),
        "acknowledged_at": clock.iso_utc(acknowledged) if acknowledged else None,
        "can_acknowledge": acknowledged is None and notice.event is not Event.INVITATION,
        "contact": contact_view(notice.interview.position),
    }
