"""Acts of cancelling, and the reasons people choose from."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Base, RowId, UtcDateTime, stored_enum
from server.domain.cancellation import CancellationStatus, Initiator
from server.domain.reasons import ReasonAudience
from server.models.interview import Interview
from server.models.staff import Staff


class CancellationReason(Base):
    """A reason from the list; `code` never changes, so that reports stay comparable."""

    __tablename__ = "cancellation_reasons"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    label_zh: Mapped[str] = mapped_column(String(20))
    label_en: Mapped[str] = mapped_column(String(60))
    audience: Mapped[ReasonAudience] = mapped_column(stored_enum(ReasonAudience))
    asks_note: Mapped[bool] = mapped_column(Boolean, default=False)
    offers_new_time: Mapped[bool] = mapped_column(Boolean, default=False)
    rank: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Cancellation(Base):
    """One act of cancelling.

    `open_interview_id` repeats `interview_id` while the act stands and is NULL once it was taken back: with
    its unique constraint the database itself refuses a second standing act, whatever two people do at once.
    """

    __tablename__ = "cancellations"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    open_interview_id: Mapped[int | None] = mapped_column(RowId, unique=True)
    initiator: Mapped[Initiator] = mapped_column(stored_enum(Initiator))
    status: Mapped[CancellationStatus] = mapped_column(stored_enum(CancellationStatus), index=True)
    reason_id: Mapped[int] = mapped_column(ForeignKey("cancellation_reasons.id"))
    note: Mapped[str | None] = mapped_column(Text)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    tell_by: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the clock has to be looked at again; NULL once HR has acted or nothing more will happen by itself.
    clock_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    idempotency_key: Mapped[str | None] = mapped_column(String(64))

    interview: Mapped[Interview] = relationship()
    reason: Mapped[CancellationReason] = relationship()
    requested_by: Mapped[Staff | None] = relationship(foreign_keys=[requested_by_id])
    confirmed_by: Mapped[Staff | None] = relationship(foreign_keys=[confirmed_by_id])
