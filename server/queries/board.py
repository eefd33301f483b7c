"""The board of cancellations: the messages that answer them, and marks by which a page sees a change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from server.db import db
from server.domain.cancellation import CancellationStatus
from server.domain.delivery import DeliveryStatus
from server.domain.events import Audience
from server.domain.permissions import Permission
from server.models import Cancellation, Delivery, Interview, Notice, Staff
from server.queries.scopes import positions_within

_RECENT = 10


@dataclass(frozen=True)
class BoardMarks:
    """Ids of what waits; id, confirmer and time of what was confirmed last; the state of its messages."""

    waiting: list[int]
    confirmed: list[tuple[int, int | None, datetime | None]]
    messages: str


def candidate_messages(cancellation_ids: list[int]) -> dict[int, Delivery]:
    """For each cancellation the newest message to its candidate, its notice loaded with it."""
    rows = db.session.scalars(
        select(Delivery)
        .join(Delivery.notice)
        .where(Notice.cancellation_id.in_(cancellation_ids), Notice.audience == Audience.CANDIDATE)
        .order_by(Delivery.id)
        .options(contains_eager(Delivery.notice))
    )
    return {row.notice.cancellation_id: row for row in rows if row.notice.cancellation_id is not None}


def board_marks(staff: Staff) -> BoardMarks:
    """What the board of `staff` depends on, in three small reads."""
    waiting = db.session.scalars(
        _ids(staff, CancellationStatus.REQUESTED).order_by(Cancellation.tell_by, Cancellation.id)
    )
    confirmed = db.session.execute(
        _ids(staff, CancellationStatus.CONFIRMED)
        .add_columns(Cancellation.confirmed_by_id, Cancellation.confirmed_at)
        .order_by(Cancellation.confirmed_at.desc(), Cancellation.id.desc())
        .limit(_RECENT)
    ).all()
    messages = db.session.execute(
        select(Delivery.id, Delivery.status, Delivery.attempts, Notice.told_at)
        .join(Delivery.notice)
        .where(
            Notice.cancellation_id.in_([row[0] for row in confirmed]), Notice.audience == Audience.CANDIDATE
        )
        .order_by(Delivery.id)
    )
    words = [f"{id_}{status.value}{tries}{bool(told)}" for id_, status, tries, told in messages]
    return BoardMarks(list(waiting), [(row[0], row[1], row[2]) for row in confirmed], ",".join(words))


def _ids(staff: Staff, status: CancellationStatus) -> Select[int]:
    return (
        select(Cancellation.id)
        .join(Cancellation.interview)
        .join(Interview.position)
        .where(positions_within(staff, Permission.VIEW_INTERVIEWS), Cancellation.status == status)
    )


def retrying_count() -> int:
    """How many messages WeChat did not take at the last try and that will be tried again."""
    return (
        db.session.scalar(
            select(func.count(Delivery.id)).where(
                Delivery.status == DeliveryStatus.QUEUED, Delivery.attempts > 0
            )
        )
        or 0
    )
