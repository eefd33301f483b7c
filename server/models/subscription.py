"""The ledger of one-time consents to be sent a message."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, RowId, UtcDateTime
from server.domain.clock import utc_now


class SubscriptionGrant(Base):
    """One answer of a candidate to WeChat's question; `accept` is worth one message of that template."""

    __tablename__ = "subscription_grants"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"), index=True)
    template_id: Mapped[str] = mapped_column(String(64))
    choice: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))  # page | event
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    spent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
