"""Departments and their positions."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Base, RowId
from server.models.staff import Staff


class Department(Base):
    """A part of the company that hires."""

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)


class Position(Base):
    """A job; its recruiter handles the interviews, its hiring manager reads along."""

    __tablename__ = "positions"
    __table_args__ = (UniqueConstraint("department_id", "name"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    recruiter_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    hiring_manager_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    department: Mapped[Department] = relationship()
    recruiter: Mapped[Staff] = relationship(foreign_keys=[recruiter_id])
    hiring_manager: Mapped[Staff | None] = relationship(foreign_keys=[hiring_manager_id])
