"""Cancellations that wait for HR."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from server.db import db
from server.domain.cancellation import CancellationStatus
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.models import Cancellation, Interview, Position, Staff
from server.queries.scopes import positions_within


def _visible(staff: Staff) -> Select[Cancellation]:
    return (
        select(Cancellation)
        .join(Cancellation.interview)
        .join(Interview.position)
        .where(positions_within(staff, Permission.VIEW_INTERVIEWS))
        .options(
            joinedload(Cancellation.reason),
            joinedload(Cancellation.interview).joinedload(Interview.candidate),
            joinedload(Cancellation.interview).joinedload(Interview.slot),
            joinedload(Cancellation.interview).joinedload(Interview.position).joinedload(Position.department),
            joinedload(Cancellation.interview).joinedload(Interview.position).joinedload(Position.recruiter),
        )
    )


def list_pending(staff: Staff, limit: int = 200) -> list[Cancellation]:
    """What candidates asked for and nobody has confirmed, the most urgent clock first."""
    return list(
        db.session.scalars(
            _visible(staff)
            .where(Cancellation.status == CancellationStatus.REQUESTED)
            .order_by(Cancellation.tell_by, Cancellation.id)
            .limit(limit)
        )
    )


def list_recently_confirmed(staff: Staff, limit: int = 10) -> list[Cancellation]:
    """What was handled last, newest first."""
    return list(
        db.session.scalars(
            _visible(staff)
            .where(Cancellation.status == CancellationStatus.CONFIRMED)
            .order_by(Cancellation.confirmed_at.desc(), Cancellation.id.desc())
            .limit(limit)
        )
    )


def pending_count(staff: Staff) -> int:
    """How many wait."""
    return (
        db.session.scalar(
            select(func.count(Cancellation.id))
            .join(Cancellation.interview)
            .join(Interview.position)
            .where(
                positions_within(staff, Permission.VIEW_INTERVIEWS),
                Cancellation.status == CancellationStatus.REQUESTED,
            )
        )
        or 0
    )


def get_cancellation_for_staff(cancellation_id: int, staff: Staff) -> Cancellation:
    """One cancellation that `staff` may see; raises NotFound otherwise."""
    found = db.session.scalar(_visible(staff).where(Cancellation.id == cancellation_id))
    if found is None:
        raise NotFound("没有找到这条取消记录，或不在您负责的范围内。")
    return found
