"""The record of one interview: everything that happened, and what became of every message."""

from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from server.db import db
from server.models import AuditEntry, Cancellation, Delivery, DeliveryEvent, Interview, Notice


@dataclass(frozen=True)
class SentMessage:
    """One delivery with what came back about it, oldest first."""

    delivery: Delivery
    events: list[DeliveryEvent] = field(default_factory=list)


@dataclass(frozen=True)
class NoticeRecord:
    """One notice with its deliveries, oldest first."""

    notice: Notice
    messages: list[SentMessage]


def list_notice_records(interview_id: int) -> list[NoticeRecord]:
    """All notices about an interview, newest first, with their deliveries and receipts."""
    notices = db.session.scalars(
        select(Notice)
        .where(Notice.interview_id == interview_id)
        .options(joinedload(Notice.staff), joinedload(Notice.candidate))
        .order_by(Notice.id.desc())
    ).all()
    deliveries = db.session.scalars(
        select(Delivery)
        .where(Delivery.notice_id.in_([notice.id for notice in notices]))
        .order_by(Delivery.id)
    ).all()
    events = db.session.scalars(
        select(DeliveryEvent)
        .where(DeliveryEvent.delivery_id.in_([delivery.id for delivery in deliveries]))
        .order_by(DeliveryEvent.id)
    ).all()
    by_delivery: dict[int, list[DeliveryEvent]] = {}
    for event in events:
        by_delivery.setdefault(event.delivery_id, []).append(event)
    by_notice: dict[int, list[SentMessage]] = {}
    for delivery in deliveries:
        message = SentMessage(delivery, by_delivery.get(delivery.id, []))
        by_notice.setdefault(delivery.notice_id, []).append(message)
    return [NoticeRecord(notice, by_notice.get(notice.id, [])) for notice in notices]


def list_cancellations(interview_id: int) -> list[Cancellation]:
    """All acts of cancelling this interview, newest first."""
    return list(
        db.session.scalars(
            select(Cancellation)
            .where(Cancellation.interview_id == interview_id)
            .options(
                joinedload(Cancellation.reason),
                joinedload(Cancellation.requested_by),
                joinedload(Cancellation.confirmed_by),
            )
            .order_by(Cancellation.id.desc())
        )
    )


def list_audit(interview: Interview) -> list[AuditEntry]:
    """Who did what to this interview, oldest first."""
    return list(
        db.session.scalars(
            select(AuditEntry)
            .where(
                or_(
                    (AuditEntry.subject_kind == "interview") & (AuditEntry.subject_id == interview.id),
                    (AuditEntry.subject_kind == "candidate")
                    & (AuditEntry.subject_id == interview.candidate_id),
                )
            )
            .order_by(AuditEntry.id)
        )
    )


def record_version(interview_id: int) -> str:
    """A short text that changes whenever anything on the record does: what a following page compares."""
    interview_version = db.session.scalar(select(Interview.version).where(Interview.id == interview_id))
    last_audit = db.session.scalar(
        select(func.max(AuditEntry.id)).where(
            AuditEntry.subject_kind == "interview", AuditEntry.subject_id == interview_id
        )
    )
    messages = db.session.execute(
        select(
            func.max(DeliveryEvent.id),
            func.count(Delivery.id.distinct()),
            func.sum(Delivery.attempts),
            func.count(Notice.late_at),
            func.count(Notice.gave_up_at),
        )
        .select_from(Notice)
        .outerjoin(Delivery, Delivery.notice_id == Notice.id)
        .outerjoin(DeliveryEvent, DeliveryEvent.delivery_id == Delivery.id)
        .where(Notice.interview_id == interview_id)
    ).one()
    return "-".join(str(part or 0) for part in (interview_version, last_audit, *messages))
