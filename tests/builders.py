"""Rows with sensible defaults; call them inside an application context."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.db import db, transaction
from server.domain.clock import utc_now
from server.domain.events import Event
from server.domain.interview import InterviewStatus
from server.domain.permissions import Role
from server.models import Candidate, Delivery, Department, Interview, Notice, Position, Slot, Staff
from server.services.audit import Actor
from server.services.notices import raise_notice
from server.services.staff_accounts import create_staff

PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


def staff(name: str = "李敏", role: Role = Role.RECRUITER, **more: Any) -> Staff:
    """An account that signs in with PASSWORD."""
    openid = more.pop("openid", None)
    more.setdefault("phone", "010-66551234")
    if role in (Role.MANAGER, Role.HIRING_MANAGER):
        more.setdefault("department", "技术部")
    made = create_staff(f"staff{next(_numbers)}@example.com", name, role, PASSWORD, **more)
    if openid:
        with transaction():
            db.session.get_one(Staff, made.id).openid = openid
    return db.session.get_one(Staff, made.id)


def position(
    recruiter: Staff | None = None, name: str = "后端开发工程师", department: str = "技术部"
) -> Position:
    """A position of its recruiter's."""
    recruiter_id = (recruiter or staff()).id
    with transaction() as session:
        row = session.scalar(select(Department).where(Department.name == department)) or Department(
            name=department
        )
        made = Position(name=f"{name}{next(_numbers)}", department=row, recruiter_id=recruiter_id)
        session.add(made)
    return made


def interview(
    candidate_name: str = "陈思远",
    *,
    of: Position | None = None,
    openid: str | None = None,
    starts_in: timedelta = timedelta(days=3),
    status: InterviewStatus = InterviewStatus.INVITED,
    **more: Any,
) -> Interview:
    """An interview of a new candidate."""
    position_id = (of or position()).id
    number = next(_numbers)
    starts_at = utc_now() + starts_in + timedelta(seconds=number)
    with transaction() as session:
        person = Candidate(
            name=candidate_name,
            mobile=f"139{number:08d}",
            openid=openid,
            bound_at=utc_now() if openid else None,
        )
        made = Interview(
            number=f"AI-2024-03-15-{number:03d}",
            candidate=person,
            position_id=position_id,
            slot=Slot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), capacity=10),
            status=status,
            invite_token=f"invite-token-{number:09d}",
            **more,
        )
        session.add(made)
    return made


def invited(made: Interview) -> Delivery:
    """The invitation of an interview, in the outbox."""
    with transaction() as session:
        notice_id = raise_notice(Event.INVITATION, session.get_one(Interview, made.id)).id
    return last_delivery(notice_id)


def last_delivery(notice_id: int | None = None) -> Delivery:
    """The newest delivery, of one notice or of all."""
    query = select(Delivery).order_by(Delivery.id.desc()).limit(1).execution_options(populate_existing=True)
    if notice_id is not None:
        query = query.where(Delivery.notice_id == notice_id)
    return db.session.scalars(query).one()


def notices(event: Event) -> list[Notice]:
    """All notices of an event."""
    return list(db.session.scalars(select(Notice).where(Notice.event == event).order_by(Notice.id)))


def as_candidate(made: Interview) -> Actor:
    """The candidate of an interview, as the one who acts."""
    return Actor("candidate", made.candidate_id, made.candidate.name)


def as_staff(who: Staff) -> Actor:
    """A member of staff, as the one who acts."""
    return Actor("staff", who.id, who.name)


def at(text: str) -> datetime:
    """A moment in UTC: `2024-03-15 06:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def fresh(session: Session) -> None:
    """Forget what the session has read, so that the next read sees the database."""
    session.rollback()
