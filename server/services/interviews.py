"""What a candidate does with an interview beside cancelling it."""

from sqlalchemy import select

from server.db import db, transaction
from server.domain import clock
from server.domain.errors import Conflict, NotFound
from server.domain.interview import InterviewAction, InterviewStatus, after
from server.models import Interview
from server.services import audit
from server.services.audit import Actor


def confirm_attendance(interview_id: int, actor: Actor) -> Interview:
    """The candidate will come; said again, it changes nothing.

    Raises:
        NotFound: no such interview of this candidate.
        InvalidTransition: it is cancelled or over.
        Conflict: its time has passed (`interview_over`).
    """
    with transaction():
        interview = db.session.scalar(
            select(Interview)
            .where(Interview.id == interview_id, Interview.candidate_id == actor.id)
            .with_for_update()
        )
        if interview is None:
            raise NotFound("没有找到这场面试，可能已被移除或不属于您。")
        status = after(interview.status, InterviewAction.CONFIRM)
        if interview.status is InterviewStatus.CONFIRMED:
            return interview
        now = clock.utc_now()
        if interview.slot.ends_at <= now:
            raise Conflict("这场面试的时间已过，不能再确认。", code="interview_over")
        interview.status = status
        interview.confirmed_at = now
        interview.version += 1
        audit.add_entry(actor, "interview.confirmed", "interview", interview.id)
        return interview
