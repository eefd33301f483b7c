"""Candidates, and their sessions in the mini-program."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Base, RowId, UtcDateTime
from server.domain.clock import utc_now


class Candidate(Base):
    """The person invited. `openid` is the one of the mini-program, set when an invitation is first opened."""

    __tablename__ = "candidates"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    mobile: Mapped[str] = mapped_column(String(20), unique=True)
    email: Mapped[str | None] = mapped_column(String(120))
    openid: Mapped[str | None] = mapped_column(String(64), unique=True)
    bound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resume_summary: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class CandidateSession(Base):
    """A signed-in WeChat. Only the hash of the token is kept; whose it is follows from the openid."""

    __tablename__ = "candidate_sessions"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    openid: Mapped[str] = mapped_column(String(64), index=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    candidate: Mapped[Candidate | None] = relationship()
