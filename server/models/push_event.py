"""The ledger of everything WeChat pushed to us, kept as it came, once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, RowId, UtcDateTime
from server.domain.clock import utc_now


class PushEvent(Base):
    """One push. The hash is of the decrypted body: WeChat encrypts every retry anew, and its own key
    (sender and second) takes two events of one second for one."""

    __tablename__ = "push_events"
    __table_args__ = (
        UniqueConstraint("appid", "sha256"),
        Index("ix_push_events_applied_at_received_at", "applied_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    appid: Mapped[str] = mapped_column(String(32))
    sha256: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(64))
    openid: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(40))
