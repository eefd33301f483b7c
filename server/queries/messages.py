"""What became of every notice: the list HR searches, and one notice with its deliveries."""

from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from server.db import db
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.errors import NotFound
from server.domain.events import Audience, ChannelName, Event
from server.domain.permissions import Permission
from server.models import (
    AuditEntry,
    Candidate,
    Delivery,
    DeliveryEvent,
    Interview,
    Notice,
    Position,
    Staff,
)
from server.queries.records import SentMessage
from server.queries.scopes import positions_within


class Told(StrEnum):
    """Whether a candidate was told, as far as a search asks for it."""

    UNTOLD = "untold"
    LATE = "late"


@dataclass(frozen=True)
class MessageFilter:
    """What is searched for; `text` is part of a candidate's name or of an interview's number."""

    text: str = ""
    event: Event | None = None
    channel: ChannelName | None = None
    status: DeliveryStatus | None = None
    told: Told | None = None


@dataclass(frozen=True)
class MessageRow:
    """One notice with its newest delivery; None where no channel could carry it."""

    notice: Notice
    delivery: Delivery | None


@dataclass(frozen=True)
class MessagePage:
    """One page of the list; `next` is the id of the notice after which the next page begins."""

    items: list[MessageRow] = field(default_factory=list)
    next: int | None = None


def search_messages(
    staff: Staff, wanted: MessageFilter, after: int | None = None, size: int = 30
) -> MessagePage:
    """Notices about interviews that `staff` may see, newest first, each with its newest delivery."""
    newest = aliased(Delivery)
    newest_id = (
        select(func.max(newest.id)).where(newest.notice_id == Notice.id).correlate(Notice).scalar_subquery()
    )
    query = (
        select(Notice, Delivery)
        .join(Notice.interview)
        .join(Interview.position)
        .join(Interview.candidate)
        .outerjoin(Delivery, and_(Delivery.notice_id == Notice.id, Delivery.id == newest_id))
        .options(
            joinedload(Notice.staff),
            joinedload(Notice.interview).joinedload(Interview.candidate),
            joinedload(Notice.interview).joinedload(Interview.position),
        )
        .where(positions_within(staff, Permission.VIEW_INTERVIEWS), *_conditions(wanted))
        .order_by(Notice.id.desc())
        .limit(size + 1)
    )
    if after is not None:
        query = query.where(Notice.id < after)
    rows = [MessageRow(notice, delivery) for notice, delivery in db.session.execute(query)]
    return MessagePage(rows[:size], rows[size - 1].notice.id if len(rows) > size else None)


def _conditions(wanted: MessageFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if text := wanted.text.strip():
        conditions.append(
            or_(
                Candidate.name.contains(text, autoescape=True),
                Interview.number.contains(text, autoescape=True),
            )
        )
    if wanted.event is not None:
        conditions.append(Notice.event == wanted.event)
    if wanted.channel is not None:
        conditions.append(Delivery.channel == wanted.channel)
    if wanted.status is not None:
        conditions.append(Delivery.status == wanted.status)
    if wanted.told is not None:
        conditions.append(Notice.audience == Audience.CANDIDATE)
        conditions.append(_late() if wanted.told is Told.LATE else Notice.told_at.is_(None))
    return conditions


def _late() -> ColumnElement[bool]:
    """The time was over before the person was told, whether or not the clock has run since."""
    return or_(
        Notice.late_at.is_not(None),
        and_(Notice.told_at.is_(None), Notice.deadline_at <= clock.utc_now()),
        Notice.told_at > Notice.deadline_at,
    )


def get_notice_for_staff(notice_id: int, staff: Staff) -> Notice:
    """One notice about an interview that `staff` may see; raises NotFound otherwise."""
    notice = db.session.scalar(
        select(Notice)
        .join(Notice.interview)
        .join(Interview.position)
        .where(Notice.id == notice_id, positions_within(staff, Permission.VIEW_INTERVIEWS))
        .options(
            joinedload(Notice.candidate),
            joinedload(Notice.staff),
            joinedload(Notice.told_by),
            joinedload(Notice.interview).joinedload(Interview.candidate),
            joinedload(Notice.interview).joinedload(Interview.slot),
            joinedload(Notice.interview).joinedload(Interview.position).joinedload(Position.recruiter),
        )
    )
    if notice is None:
        raise NotFound("没有找到这条通知，或不在您负责的范围内。")
    return notice


def list_messages_of(notice_id: int) -> list[SentMessage]:
    """All deliveries of a notice with what came back about them, oldest first."""
    deliveries = db.session.scalars(
        select(Delivery).where(Delivery.notice_id == notice_id).order_by(Delivery.id)
    ).all()
    events: dict[int, list[DeliveryEvent]] = {}
    for event in db.session.scalars(
        select(DeliveryEvent)
        .where(DeliveryEvent.delivery_id.in_([delivery.id for delivery in deliveries]))
        .order_by(DeliveryEvent.id)
    ):
        events.setdefault(event.delivery_id, []).append(event)
    return [SentMessage(delivery, events.get(delivery.id, [])) for delivery in deliveries]


def messages_version() -> str:
    """A short text that changes whenever any message does: a few reads of indexes, the same for everybody.

    It may change for what the viewer does not see; the page then fetches the same rows again.
    """
    parts = (
        select(func.max(Notice.id)),
        select(func.max(Delivery.id)),
        select(func.max(DeliveryEvent.id)),
        select(func.max(AuditEntry.id)),
        select(func.count(Delivery.id)).where(Delivery.status == DeliveryStatus.SENDING),
        select(func.count(Notice.id)).where(Notice.next_step_at.is_not(None)),
    )
    return "-".join(str(db.session.scalar(part) or 0) for part in parts)


def notice_version(notice: Notice) -> str:
    """A short text that changes whenever anything on the page of this notice does."""
    last_event, deliveries, attempts = db.session.execute(
        select(func.max(DeliveryEvent.id), func.count(Delivery.id.distinct()), func.sum(Delivery.attempts))
        .select_from(Delivery)
        .outerjoin(DeliveryEvent, DeliveryEvent.delivery_id == Delivery.id)
        .where(Delivery.notice_id == notice.id)
    ).one()
    moments = (notice.told_at, notice.late_at, notice.gave_up_at, notice.acknowledged_at)
    marks = "".join("1" if moment else "0" for moment in moments)
    return "-".join(str(part or 0) for part in (last_event, deliveries, attempts, marks))
