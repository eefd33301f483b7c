"""Binds HR's own WeChat: a code on the screen, a scan on the phone, a click to confirm on the screen.

A photographed code would bind a stranger, so the scan alone binds nothing: the HR user must confirm, in the
session that made the code.
"""

import secrets
from datetime import timedelta

from sqlalchemy import select

from server.db import db, transaction
from server.domain import clock
from server.domain.errors import Conflict, InvalidTransition, NotFound, Unavailable
from server.models import PushEvent, Staff, StaffBinding
from server.runtime import runtime
from server.services import audit
from server.services.audit import Actor, actor_of_staff
from server.wechat.errors import WeChatError
from server.wechat.events import Scan

_VALID = timedelta(minutes=5)


def create_binding(staff: Staff) -> StaffBinding:
    """A fresh code for `staff` to scan; `qr_url` is what the QR code must say. Valid for five minutes.

    Raises:
        Unavailable: WeChat makes no code now.
    """
    staff_id = staff.id
    scene = secrets.token_urlsafe(24)
    db.session.rollback()
    try:
        ticket = runtime().official.create_qrcode(scene, int(_VALID.total_seconds()))
    except WeChatError as error:
        raise Unavailable(f"暂时无法生成二维码：{error.words}") from None
    with transaction():
        binding = StaffBinding(
            staff_id=staff_id,
            scene=scene,
            qr_url=ticket.url,
            ticket=ticket.ticket,
            expires_at=clock.utc_now() + _VALID,
        )
        db.session.add(binding)
    return binding


def apply_scan(scanned: Scan | None, stored: PushEvent) -> str:
    """WeChat says who scanned a code; called inside the transaction that applies the event."""
    if scanned is None or stored.appid != runtime().settings.wechat.official_account.appid:
        return "ignored"
    binding = db.session.scalar(select(StaffBinding).where(StaffBinding.scene == scanned.scene_str))
    if binding is None:
        return "ignored"
    # Only the first scan of a code counts, and only while it is valid.
    if binding.scanned_at is not None or stored.received_at > binding.expires_at:
        return "late"
    binding.scanned_openid = stored.openid
    binding.scanned_at = clock.utc_now()
    return "applied"


def confirm_binding(binding_id: int, staff: Staff, actor: Actor) -> Staff:
    """The HR user confirms that the phone that scanned is theirs.

    Raises:
        NotFound: not this user's code.
        InvalidTransition: nobody has scanned it, or it has run out.
        Conflict: that WeChat belongs to another account already.
    """
    with transaction():
        binding = db.session.scalar(
            select(StaffBinding)
            .where(StaffBinding.id == binding_id, StaffBinding.staff_id == staff.id)
            .with_for_update()
        )
        if binding is None:
            raise NotFound
        owner = db.session.get_one(Staff, staff.id)
        if binding.confirmed_at is not None:
            return owner
        now = clock.utc_now()
        if binding.scanned_openid is None or now > binding.expires_at + _VALID:
            raise InvalidTransition("二维码还没有被扫描或已过期，请重新获取。")
        taken = db.session.scalar(
            select(Staff.id).where(Staff.openid == binding.scanned_openid, Staff.id != staff.id)
        )
        if taken is not None:
            raise Conflict("这个微信已绑定其他员工账号，请先在原账号解绑。", code="wechat_taken")
        owner.openid, owner.bound_at = binding.scanned_openid, now
        binding.confirmed_at = now
        audit.add_entry(actor, "staff.wechat_bound", "staff", owner.id)
        return owner


def remove_binding(staff: Staff, actor: Actor) -> None:
    """The HR user unbinds WeChat; alerts no longer reach the phone. Again changes nothing."""
    with transaction():
        owner = db.session.get_one(Staff, staff.id)
        if owner.openid is not None:
            owner.openid = owner.bound_at = None
            audit.add_entry(actor, "staff.wechat_unbound", "staff", owner.id)


def forget_follower(stored: PushEvent) -> str:
    """Somebody unfollowed the official account: WeChat obliges us to forget their openid (取消关注事件)."""
    if stored.appid != runtime().settings.wechat.official_account.appid:
        return "ignored"
    owner = db.session.scalar(select(Staff).where(Staff.openid == stored.openid))
    if owner is None:
        return "ignored"
    owner.openid = owner.bound_at = None
    audit.add_entry(actor_of_staff(owner), "staff.wechat_unfollowed", "staff", owner.id)
    return "applied"
