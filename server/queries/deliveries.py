"""Deliveries: the message that matters for a row of a list, and whom a token belongs to."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.db import db
from server.domain.events import Audience
from server.models import Delivery, Notice


def latest_to_candidates(interview_ids: list[int]) -> dict[int, Delivery]:
    """For each interview the newest message to its candidate: the ladder a list shows."""
    rows = db.session.execute(
        select(Notice.interview_id, Delivery)
        .join(Delivery.notice)
        .where(Notice.interview_id.in_(interview_ids), Notice.audience == Audience.CANDIDATE)
        .order_by(Delivery.id)
    ).all()
    return dict(rows)


def find_alert(token: str) -> Delivery | None:
    """HR's alert that carries this token; whoever asks still has to be its recipient."""
    return db.session.scalar(
        select(Delivery)
        .join(Delivery.notice)
        .where(Delivery.token == token, Notice.audience == Audience.STAFF)
        .options(joinedload(Delivery.notice))
    )
