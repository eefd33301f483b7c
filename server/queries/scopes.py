"""Which interviews a member of staff may see or act on, as SQL conditions."""

from sqlalchemy import ColumnElement, false, true

from server.domain.permissions import Permission, Scope, scope_of
from server.models import Position, Staff


def positions_within(staff: Staff, permission: Permission) -> ColumnElement[bool]:
    """The condition on `Position` under which `staff` has `permission`; false where the role has none."""
    scope = scope_of(staff.role, permission)
    if scope is Scope.ALL:
        return true()
    if scope is Scope.DEPARTMENT and staff.department_id is not None:
        return Position.department_id == staff.department_id
    if scope is Scope.OWN_POSITIONS:
        return Position.recruiter_id == staff.id
    return false()
