"""Reasons to cancel."""

from sqlalchemy import select

from server.db import db
from server.domain.reasons import ReasonAudience
from server.models import CancellationReason


def list_reasons(audience: ReasonAudience) -> list[CancellationReason]:
    """What may be chosen now, in the order in which it is offered."""
    return list(
        db.session.scalars(
            select(CancellationReason)
            .where(CancellationReason.audience == audience, CancellationReason.active.is_(True))
            .order_by(CancellationReason.rank, CancellationReason.id)
        )
    )
