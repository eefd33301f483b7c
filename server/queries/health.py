"""How the installation is doing."""

from dataclasses import dataclass

from sqlalchemy import func, select, text

from server.db import db
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.models import Delivery


@dataclass(frozen=True)
class OutboxHealth:
    """`oldest_due_seconds`: how long the oldest message that could leave has been waiting, 0 if none."""

    due: int
    oldest_due_seconds: float


def database_answers() -> bool:
    """Whether the database takes a query."""
    return db.session.scalar(text("SELECT 1")) == 1


def outbox_health() -> OutboxHealth:
    """How many messages wait, and since when."""
    now = clock.utc_now()
    count, oldest = db.session.execute(
        select(func.count(Delivery.id), func.min(Delivery.next_attempt_at)).where(
            Delivery.status == DeliveryStatus.QUEUED, Delivery.next_attempt_at <= now
        )
    ).one()
    return OutboxHealth(count, (now - oldest).total_seconds() if oldest else 0.0)
