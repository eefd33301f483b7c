"""Sessions (场次) in which interviews run."""

from datetime import datetime

from sqlalchemy import Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, RowId, UtcDateTime


class Slot(Base):
    """A span of time with room for `capacity` interviews."""

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("starts_at", "ends_at"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int] = mapped_column(Integer)
