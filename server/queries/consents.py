"""How many messages a candidate has agreed to receive."""

from sqlalchemy import func, select

from server.db import db
from server.models import SubscriptionGrant


def open_consents(candidate_id: int, template_id: str) -> int:
    """Consents for this template that no message has used up yet, as far as our ledger knows."""
    return (
        db.session.scalar(
            select(func.count(SubscriptionGrant.id)).where(
                SubscriptionGrant.candidate_id == candidate_id,
                SubscriptionGrant.template_id == template_id,
                SubscriptionGrant.choice.startswith("accept"),
                SubscriptionGrant.spent_at.is_(None),
            )
        )
        or 0
    )
