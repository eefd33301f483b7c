"""Who may do what: one table of role, action and scope."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is."""

    RECRUITER = "recruiter"
    MANAGER = "manager"
    HIRING_MANAGER = "hiring_manager"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What can be allowed."""

    VIEW_INTERVIEWS = "view_interviews"
    CONFIRM_CANCELLATION = "confirm_cancellation"
    CANCEL_INTERVIEW = "cancel_interview"
    MANAGE_STAFF = "manage_staff"


class Scope(StrEnum):
    """Over which interviews a permission reaches."""

    OWN_POSITIONS = "own_positions"
    DEPARTMENT = "department"
    ALL = "all"


_R, _P, _S = Role, Permission, Scope

PERMISSIONS: dict[tuple[Role, Permission], Scope] = {
    (_R.RECRUITER, _P.VIEW_INTERVIEWS): _S.OWN_POSITIONS,
    (_R.RECRUITER, _P.CONFIRM_CANCELLATION): _S.OWN_POSITIONS,
    (_R.RECRUITER, _P.CANCEL_INTERVIEW): _S.OWN_POSITIONS,
    (_R.MANAGER, _P.VIEW_INTERVIEWS): _S.DEPARTMENT,
    (_R.MANAGER, _P.CONFIRM_CANCELLATION): _S.DEPARTMENT,
    (_R.MANAGER, _P.CANCEL_INTERVIEW): _S.DEPARTMENT,
    (_R.HIRING_MANAGER, _P.VIEW_INTERVIEWS): _S.DEPARTMENT,
    (_R.ADMIN, _P.VIEW_INTERVIEWS): _S.ALL,
    (_R.ADMIN, _P.CONFIRM_CANCELLATION): _S.ALL,
    (_R.ADMIN, _P.CANCEL_INTERVIEW): _S.ALL,
    (_R.ADMIN, _P.MANAGE_STAFF): _S.ALL,
    (_R.AUDITOR, _P.VIEW_INTERVIEWS): _S.ALL,
}

ROLE_TEXT = {
    _R.RECRUITER: "招聘专员",
    _R.MANAGER: "招聘经理",
    _R.HIRING_MANAGER: "用人部门负责人",
    _R.ADMIN: "管理员",
    _R.AUDITOR: "审计",
}


def scope_of(role: Role, permission: Permission) -> Scope | None:
    """How far the permission reaches for the role; None means it has none."""
    return PERMISSIONS.get((role, permission))
