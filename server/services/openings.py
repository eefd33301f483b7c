"""What people do with a message: they open its card, and a candidate says that it was understood."""

from sqlalchemy import select

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import TRANSITIONS, DeliveryAction
from server.domain.errors import NotFound
from server.domain.events import Audience
from server.models import Delivery, Notice, Staff
from server.services.deliveries import advance

_A = DeliveryAction


def report_opened_by_candidate(token: str, candidate_id: int, scene: int | None) -> Notice:
    """The page behind a card reports, after sign-in, that it was opened.

    Raises:
        NotFound: the card was sent to somebody else: a forwarded card opens nothing.
    """
    with transaction():
        delivery = _delivery_by_token(token, Notice.candidate_id == candidate_id, Audience.CANDIDATE)
        advance(delivery, _A.OPEN, raw={"scene": scene} if scene is not None else None)
        return delivery.notice


def report_opened_by_staff(token: str, staff: Staff) -> Notice:
    """The page behind HR's alert reports that its recipient, signed in, has it open.

    Raises:
        NotFound: the alert was sent to somebody else.
    """
    with transaction():
        delivery = _delivery_by_token(token, Notice.staff_id == staff.id, Audience.STAFF)
        advance(delivery, _A.OPEN)
        return delivery.notice


def _delivery_by_token(token: str, recipient: object, audience: Audience) -> Delivery:
    delivery = db.session.scalar(
        select(Delivery)
        .join(Delivery.notice)
        .where(Delivery.token == token, Notice.audience == audience, recipient)  # type: ignore[arg-type]
        .with_for_update(of=Delivery)
    )
    if delivery is None:
        raise NotFound
    return delivery


def acknowledge_notice(notice_id: int, candidate_id: int) -> Notice:
    """The candidate taps 我已知晓: the one thing HR may call 已确认; again changes nothing.

    Raises:
        NotFound: not a notice to this candidate.
    """
    with transaction():
        notice = db.session.scalar(
            select(Notice)
            .where(Notice.id == notice_id, Notice.candidate_id == candidate_id)
            .where(Notice.audience == Audience.CANDIDATE)
            .with_for_update()
        )
        if notice is None:
            raise NotFound
        if notice.acknowledged_at is None:
            now = clock.utc_now()
            notice.acknowledged_at = now
            notice.told_at = notice.told_at or now
            for delivery in _sent_deliveries(notice):
                advance(delivery, _A.ACKNOWLEDGE)
        return notice


def _sent_deliveries(notice: Notice) -> list[Delivery]:
    """The messages of a notice that left us; what was refused cannot have been read."""
    rows = db.session.scalars(
        select(Delivery).where(Delivery.notice_id == notice.id, Delivery.sent_at.is_not(None))
    )
    return [row for row in rows if (row.status, _A.ACKNOWLEDGE) in TRANSITIONS]
