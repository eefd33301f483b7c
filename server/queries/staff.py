"""HR accounts and their WeChat bindings."""

from sqlalchemy import select

from server.db import db
from server.domain.errors import NotFound
from server.models import Department, Staff, StaffBinding


def list_staff() -> list[tuple[Staff, str | None]]:
    """All accounts with the names of their departments, active ones first."""
    rows = db.session.execute(
        select(Staff, Department.name)
        .outerjoin(Department, Department.id == Staff.department_id)
        .order_by(Staff.active.desc(), Staff.name)
    )
    return [(staff, department) for staff, department in rows]


def list_departments() -> list[Department]:
    """All departments by name."""
    return list(db.session.scalars(select(Department).order_by(Department.name)))


def get_binding(binding_id: int, staff: Staff) -> StaffBinding:
    """A code that this member of staff made; raises NotFound for anybody else's."""
    found = db.session.scalar(
        select(StaffBinding).where(StaffBinding.id == binding_id, StaffBinding.staff_id == staff.id)
    )
    if found is None:
        raise NotFound
    return found
