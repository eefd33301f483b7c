"""Interviews: a candidate's own, and those a member of staff may see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from server.db import db
from server.domain import clock
from server.domain.errors import NotFound
from server.domain.interview import InterviewStatus
from server.domain.permissions import Permission
from server.models import Cancellation, Candidate, Interview, Position, Slot, Staff
from server.queries.scopes import positions_within


def _with_details() -> Select[Interview]:
    return (
        select(Interview)
        .join(Interview.candidate)
        .join(Interview.position)
        .join(Interview.slot)
        .options(
            joinedload(Interview.candidate),
            joinedload(Interview.slot),
            joinedload(Interview.position).joinedload(Position.department),
            joinedload(Interview.position).joinedload(Position.recruiter),
        )
    )


def get_for_candidate(interview_id: int, candidate_id: int) -> Interview:
    """One interview of this candidate; raises NotFound for anybody else's."""
    interview = db.session.scalar(
        _with_details().where(Interview.id == interview_id, Interview.candidate_id == candidate_id)
    )
    if interview is None:
        raise NotFound("没有找到这场面试，可能已被移除或不属于您。")
    return interview


def list_for_candidate(candidate_id: int) -> list[Interview]:
    """The candidate's interviews: coming ones, the nearest first, then past ones, the latest first."""
    rows = db.session.scalars(_with_details().where(Interview.candidate_id == candidate_id)).all()
    now = clock.utc_now()
    coming = sorted((row for row in rows if row.slot.ends_at > now), key=lambda row: row.slot.starts_at)
    past = sorted(
        (row for row in rows if row.slot.ends_at <= now), key=lambda row: row.slot.starts_at, reverse=True
    )
    return coming + past


def get_for_staff(interview_id: int, staff: Staff) -> Interview:
    """One interview that `staff` may see; raises NotFound otherwise."""
    interview = db.session.scalar(
        _with_details().where(
            Interview.id == interview_id, positions_within(staff, Permission.VIEW_INTERVIEWS)
        )
    )
    if interview is None:
        raise NotFound("没有找到这场面试，或不在您负责的范围内。")
    return interview


def may(staff: Staff, permission: Permission, interview: Interview) -> bool:
    """Whether `staff` has `permission` over this interview: what buttons a page shows."""
    found = select(Position.id).where(
        Position.id == interview.position_id, positions_within(staff, permission)
    )
    return db.session.scalar(found) is not None


@dataclass(frozen=True)
class Cursor:
    """Where a page of the list ended: the session's start and the interview's id, newest first."""

    starts_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.starts_at.timestamp():.6f}_{self.id}"

    @classmethod
    def parse(cls, text: str | None) -> "Cursor | None":
        """Read a cursor from a URL; None for anything that is none."""
        try:
            seconds, _, number = (text or "").partition("_")
            return cls(datetime.fromtimestamp(float(seconds), clock.utc_now().tzinfo), int(number))
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True)
class Page:
    """One page of a list, and where the next begins."""

    items: list[Interview]
    next: Cursor | None


def search_interviews(
    staff: Staff,
    text: str = "",
    status: InterviewStatus | None = None,
    after: Cursor | None = None,
    size: int = 30,
) -> Page:
    """Interviews `staff` may see, newest session first; `text` is part of a name, number or position."""
    query = _with_details().where(positions_within(staff, Permission.VIEW_INTERVIEWS))
    if text := text.strip():
        query = query.where(
            or_(
                Candidate.name.contains(text, autoescape=True),
                Interview.number.contains(text, autoescape=True),
                Position.name.contains(text, autoescape=True),
            )
        )
    if status is not None:
        query = query.where(Interview.status == status)
    if after is not None:
        query = query.where(
            or_(
                Slot.starts_at < after.starts_at,
                and_(Slot.starts_at == after.starts_at, Interview.id < after.id),
            )
        )
    rows = list(
        db.session.scalars(query.order_by(Slot.starts_at.desc(), Interview.id.desc()).limit(size + 1))
    )
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], Cursor(last.slot.starts_at, last.id) if last else None)


def standing_cancellations(interview_ids: list[int]) -> dict[int, Cancellation]:
    """For each interview its cancellation that stands, if there is one."""
    rows = db.session.scalars(
        select(Cancellation)
        .where(Cancellation.open_interview_id.in_(interview_ids))
        .options(joinedload(Cancellation.reason))
    )
    return {row.interview_id: row for row in rows}


def find_last_cancellation(interview_id: int) -> Cancellation | None:
    """The newest act of cancelling this interview, taken back or not."""
    return db.session.scalar(
        select(Cancellation)
        .where(Cancellation.interview_id == interview_id)
        .options(joinedload(Cancellation.reason))
        .order_by(Cancellation.id.desc())
        .limit(1)
    )
