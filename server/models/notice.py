"""Notices: one thing one person must be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Base, RowId, UtcDateTime, stored_enum
from server.domain.clock import utc_now
from server.domain.events import Audience, Event
from server.models.cancellation import Cancellation
from server.models.candidate import Candidate
from server.models.interview import Interview
from server.models.staff import Staff


class Notice(Base):
    """What must be told to whom, and by when. The words are kept as they were decided: they are evidence."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    # Event, what it is about and whom it addresses: the same thing is never noticed twice.
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    event: Mapped[Event] = mapped_column(stored_enum(Event))
    audience: Mapped[Audience] = mapped_column(stored_enum(Audience))
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    cancellation_id: Mapped[int | None] = mapped_column(ForeignKey("cancellations.id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    paragraphs: Mapped[list[str]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # When to look again whether another channel is needed; NULL while nothing is due.
    next_step_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    alarmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gave_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The member of staff who told the person by phone.
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    candidate: Mapped[Candidate | None] = relationship()
    staff: Mapped[Staff | None] = relationship(foreign_keys=[staff_id])
    told_by: Mapped[Staff | None] = relationship(foreign_keys=[told_by_id])
    interview: Mapped[Interview] = relationship()
    cancellation: Mapped[Cancellation | None] = relationship()
