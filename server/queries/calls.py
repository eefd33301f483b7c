"""Whom HR has to call, because no message has told them or will tell them in time."""

from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from server.db import db
from server.domain import clock
from server.domain.cancellation import CancellationStatus
from server.domain.events import Audience
from server.domain.permissions import Permission
from server.models import Cancellation, Interview, Notice, Staff
from server.queries.scopes import positions_within

_KEPT = timedelta(days=30)


def list_calls(staff: Staff) -> list[Notice]:
    """Notices of cancellations that stand, late or given up, to candidates who have not been told.

    The most urgent first; what is older than 30 days is history and no longer asks for a call.
    """
    return list(
        db.session.scalars(
            select(Notice)
            .where(Notice.id.in_(list_call_ids(staff)))
            .options(
                joinedload(Notice.cancellation).joinedload(Cancellation.reason),
                joinedload(Notice.interview).joinedload(Interview.candidate),
                joinedload(Notice.interview).joinedload(Interview.slot),
                joinedload(Notice.interview).joinedload(Interview.position),
            )
            .order_by(Notice.deadline_at, Notice.id)
        )
    )


def list_call_ids(staff: Staff, limit: int = 50) -> list[int]:
    """The ids of those notices, in the same order: what a following page compares."""
    now = clock.utc_now()
    return list(
        db.session.scalars(
            select(Notice.id)
            .join(Notice.interview)
            .join(Interview.position)
            .join(Notice.cancellation)
            .where(
                positions_within(staff, Permission.VIEW_INTERVIEWS),
                Notice.audience == Audience.CANDIDATE,
                Notice.told_at.is_(None),
                Notice.deadline_at > now - _KEPT,
                or_(Notice.gave_up_at.is_not(None), Notice.deadline_at <= now),
                Cancellation.status.in_((CancellationStatus.REQUESTED, CancellationStatus.CONFIRMED)),
            )
            .order_by(Notice.deadline_at, Notice.id)
            .limit(limit)
        )
    )
