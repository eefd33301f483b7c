"""HR accounts: created, disabled, signed in and out."""

import re
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from server.db import db, transaction
from server.domain import clock
from server.domain.errors import Conflict, Invalid, NotFound, TooManyTries, Unauthorized
from server.domain.permissions import ROLE_TEXT, Role
from server.models import Department, Staff
from server.runtime import runtime
from server.services import audit
from server.services.audit import SYSTEM, Actor, actor_of_staff

_MIN_PASSWORD = 10
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_hasher = PasswordHasher()
# What these roles see is what their department has.
_OF_A_DEPARTMENT = (Role.MANAGER, Role.HIRING_MANAGER)
_WRONG = "邮箱或密码不正确。"


def sign_in_staff(email: str, password: str, ip: str | None) -> Staff:
    """The account, if the password is right; failures count, and too many lock it for a while.

    Raises:
        Unauthorized: wrong address or password, or the account is disabled: the answer does not tell which.
        TooManyTries: locked after repeated failures.
    """
    settings = runtime().settings.security
    failed = False
    with transaction():
        staff = db.session.scalar(select(Staff).where(Staff.email == email.strip().lower()).with_for_update())
        now = clock.utc_now()
        if staff is not None and staff.locked_until is not None and staff.locked_until > now:
            raise TooManyTries(_locked_text(staff, now))
        if staff is None or not _matches(staff.password_hash, password) or not staff.active:
            if staff is None:
                _matches(_nobodys_hash(), password)
            else:
                _count_failure(staff, settings.failures_before_lock, settings.lock_minutes, ip)
            failed = True
        else:
            staff.failed_sign_ins, staff.locked_until = 0, None
            if _hasher.check_needs_rehash(staff.password_hash):
                staff.password_hash = _hasher.hash(password)
            audit.add_entry(actor_of_staff(staff, ip), "staff.signed_in", "staff", staff.id)
    if failed or staff is None:
        if staff is not None and staff.locked_until is not None:
            raise TooManyTries(_locked_text(staff, clock.utc_now()))
        raise Unauthorized(_WRONG, code="wrong_credentials")
    return staff


def sign_in_by_wechat(openid: str, ip: str | None) -> Staff:
    """The account whose bound WeChat this is: how a tap on an alert signs HR in.

    Raises:
        Unauthorized: no active account has this WeChat.
    """
    with transaction():
        staff = db.session.scalar(select(Staff).where(Staff.openid == openid, Staff.active.is_(True)))
        if staff is None:
            raise Unauthorized("这个微信还没有绑定员工账号，请先用邮箱登录后绑定。", code="wechat_unbound")
        audit.add_entry(actor_of_staff(staff, ip), "staff.signed_in_by_wechat", "staff", staff.id)
    return staff


def sign_out_everywhere(staff_id: int, actor: Actor) -> Staff:
    """End all sessions of an account, on every device."""
    with transaction():
        staff = _get(staff_id)
        staff.session_epoch += 1
        audit.add_entry(actor, "staff.signed_out_everywhere", "staff", staff.id)
    return staff


def create_staff(
    email: str,
    name: str,
    role: Role,
    password: str,
    *,
    department: str | None = None,
    phone: str | None = None,
    actor: Actor = SYSTEM,
) -> Staff:
    """A new account. The department is named and made when there is none of that name.

    Raises:
        Invalid: the address, the name or the password will not do; `errors` names the field.
        Conflict: the address has an account already.
    """
    email, name = email.strip().lower(), name.strip()
    errors: dict[str, list[str]] = {}
    if not _EMAIL.match(email) or len(email) > 120:
        errors["email"] = ["请填写有效的邮箱地址"]
    if not 1 <= len(name) <= 40:
        errors["name"] = ["请填写姓名，最多 40 个字"]
    if len(password) < _MIN_PASSWORD:
        errors["password"] = [f"密码至少 {_MIN_PASSWORD} 位"]
    if role in _OF_A_DEPARTMENT and not (department or "").strip():
        errors["department"] = [f"{ROLE_TEXT[role]}必须属于一个部门，否则什么也看不到"]
    if errors:
        raise Invalid(errors=errors)
    with transaction():
        if db.session.scalar(select(Staff.id).where(Staff.email == email)) is not None:
            raise Conflict("这个邮箱已有账号。", code="email_taken", errors={"email": ["这个邮箱已有账号"]})
        staff = Staff(
            email=email,
            name=name,
            role=role,
            phone=(phone or "").strip() or None,
            password_hash=_hasher.hash(password),
            department_id=get_or_add_department(department).id if department else None,
        )
        db.session.add(staff)
        db.session.flush()
        audit.add_entry(actor, "staff.created", "staff", staff.id, {"role": role.value})
    return staff


def set_staff_active(staff_id: int, active: bool, actor: Actor) -> Staff:
    """Disable an account, which ends its sessions at once, or enable it again.

    Raises:
        Invalid: people cannot disable themselves, or nobody might be left to undo it.
    """
    if actor.kind == "staff" and actor.id == staff_id and not active:
        raise Invalid("不能停用自己的账号。")
    with transaction():
        staff = _get(staff_id)
        if staff.active is not active:
            staff.active = active
            staff.session_epoch += 1
            audit.add_entry(actor, "staff.enabled" if active else "staff.disabled", "staff", staff.id)
    return staff


def get_or_add_department(name: str) -> Department:
    """The department of that name; call inside a transaction."""
    name = name.strip()
    department = db.session.scalar(select(Department).where(Department.name == name))
    if department is None:
        department = Department(name=name)
        db.session.add(department)
        db.session.flush()
    return department


def _get(staff_id: int) -> Staff:
    staff = db.session.get(Staff, staff_id, with_for_update=True)
    if staff is None:
        raise NotFound("没有这个员工账号。")
    return staff


@cache
def _nobodys_hash() -> str:
    """Something to check for unknown addresses too, so that the time of the answer names no account."""
    return _hasher.hash("nobody has this password")


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _count_failure(staff: Staff, limit: int, minutes: int, ip: str | None) -> None:
    staff.failed_sign_ins += 1
    audit.add_entry(actor_of_staff(staff, ip), "staff.sign_in_failed", "staff", staff.id)
    if staff.failed_sign_ins >= limit:
        staff.failed_sign_ins = 0
        staff.locked_until = clock.utc_now() + timedelta(minutes=minutes)
        audit.add_entry(actor_of_staff(staff, ip), "staff.locked", "staff", staff.id)


def _locked_text(staff: Staff, now: datetime) -> str:
    seconds = (staff.locked_until - now).total_seconds() if staff.locked_until else 0
    left = max(1, round(seconds / 60 + 0.5))
    return f"密码多次输入错误，账号已锁定，请 {left} 分钟后再试。"
