"""Runs the clocks: due times stand in rows, so a restart, a pause or a jump neither repeats nor forgets."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.db import db, supports_skip_locked, transaction
from server.domain import clock
from server.domain.cancellation import CancellationStatus
from server.domain.cancellation_clock import ClockTimes, Tick, due_ticks
from server.domain.events import Audience, Event
from server.domain.permissions import Role
from server.models import Cancellation, Interview, Notice, Staff
from server.runtime import runtime
from server.services import audit
from server.services.audit import SYSTEM
from server.services.cancellations import confirm_by
from server.services.notices import raise_notice

_BATCH = 200


def run_clocks() -> int:
    """Do everything that is due by the clock; returns how many rows were touched."""
    return _run_cancellations() + _raise_alarms() + _mark_late()


def clock_times() -> ClockTimes:
    """The times of the settings."""
    settings = runtime().settings.clock
    confirm = settings.confirm_after_minutes
    return ClockTimes(
        remind=timedelta(minutes=settings.remind_after_minutes),
        escalate=timedelta(minutes=settings.escalate_after_minutes),
        confirm=timedelta(minutes=confirm) if confirm else None,
    )


def _run_cancellations() -> int:
    now = clock.utc_now()
    with transaction():
        due = list(
            db.session.scalars(
                select(Cancellation)
                .where(Cancellation.clock_due_at <= now, Cancellation.status == CancellationStatus.REQUESTED)
                .order_by(Cancellation.clock_due_at)
                .limit(_BATCH)
                .with_for_update(of=Cancellation, skip_locked=supports_skip_locked())
            )
        )
        for cancellation in due:
            ticks, cancellation.clock_due_at = due_ticks(
                cancellation.requested_at,
                cancellation.reminded_at,
                cancellation.escalated_at,
                clock_times(),
                now,
            )
            for tick in ticks:
                _do(tick, cancellation, now)
    return len(due)


def _do(tick: Tick, cancellation: Cancellation, now: datetime) -> None:
    interview = cancellation.interview
    recruiter = interview.position.recruiter
    if tick is Tick.CONFIRM:
        confirm_by(cancellation, None, SYSTEM)
    elif tick is Tick.REMIND:
        cancellation.reminded_at = now
        raise_notice(Event.CANCELLATION_WAITING, interview, staff=recruiter, cancellation=cancellation)
        audit.add_entry(SYSTEM, "cancellation.reminded", "interview", interview.id)
    else:
        cancellation.escalated_at = now
        for manager in managers_of(interview) or [recruiter]:
            raise_notice(Event.CANCELLATION_OVERDUE, interview, staff=manager, cancellation=cancellation)
        audit.add_entry(SYSTEM, "cancellation.escalated", "interview", interview.id)


def managers_of(interview: Interview) -> list[Staff]:
    """The active recruiting managers of the interview's department."""
    return list(
        db.session.scalars(
            select(Staff).where(
                Staff.role == Role.MANAGER,
                Staff.active.is_(True),
                Staff.department_id == interview.position.department_id,
            )
        )
    )


def _raise_alarms() -> int:
    """Tell HR, before the hour is over, that a candidate has not been told yet."""
    now = clock.utc_now()
    before = timedelta(minutes=runtime().settings.clock.alarm_before_minutes)
    with transaction():
        notices = _untold(Notice.deadline_at <= now + before, Notice.alarmed_at.is_(None))
        for notice in notices:
            notice.alarmed_at = now
            recruiter = notice.interview.position.recruiter
            for who in (recruiter, *managers_of(notice.interview)):
                raise_notice(
                    Event.CANDIDATE_NOT_REACHED, notice.interview, staff=who, cancellation=notice.cancellation
                )
    return len(notices)


def _mark_late() -> int:
    """The hour is over: the notice is late, and counts as late whatever comes afterwards."""
    now = clock.utc_now()
    with transaction():
        notices = _untold(Notice.deadline_at <= now, Notice.late_at.is_(None))
        for notice in notices:
            notice.late_at = notice.deadline_at
    return len(notices)


def _untold(*conditions: object) -> list[Notice]:
    return list(
        db.session.scalars(
            select(Notice)
            .where(
                Notice.audience == Audience.CANDIDATE,
                Notice.told_at.is_(None),
                *conditions,  # type: ignore[arg-type]
            )
            .options(joinedload(Notice.interview))
            .order_by(Notice.id)
            .limit(_BATCH)
            .with_for_update(of=Notice, skip_locked=supports_skip_locked())
        )
    )
