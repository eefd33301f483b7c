"""Interviews (AI面试)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Base, RowId, UtcDateTime, stored_enum
from server.domain.clock import utc_now
from server.domain.interview import InterviewStatus
from server.models.candidate import Candidate
from server.models.position import Position
from server.models.slot import Slot


class Interview(Base):
    """One candidate, one position, one session. `invite_token` is what the first link or code carries."""

    __tablename__ = "interviews"
    __table_args__ = (UniqueConstraint("candidate_id", "position_id", "slot_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)
    status: Mapped[InterviewStatus] = mapped_column(stored_enum(InterviewStatus), index=True)
    invite_token: Mapped[str] = mapped_column(String(32), unique=True)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    candidate: Mapped[Candidate] = relationship()
    position: Mapped[Position] = relationship()
    slot: Mapped[Slot] = relationship()
