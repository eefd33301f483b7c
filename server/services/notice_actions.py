"""What HR does about a notice by hand: send it again, take another channel, or call the person.

Only notices to candidates: an alert to a colleague is not worth a second one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryAction, DeliveryStatus
from server.domain.errors import Conflict, NotFound
from server.domain.events import CHANNEL_TEXT, Audience, ChannelName
from server.domain.permissions import Permission
from server.models import Delivery, Interview, Notice, Staff
from server.queries.scopes import positions_within
from server.services import audit
from server.services.audit import Actor
from server.services.deliveries import advance
from server.services.notices import add_delivery, address_of, channel_order

_S = DeliveryStatus
_UNDER_WAY = frozenset({_S.QUEUED, _S.SENDING})
_ARRIVED = frozenset({_S.DELIVERED, _S.OPENED, _S.ACKNOWLEDGED})
_CALLED = "已电话告知，不再发送"


@dataclass(frozen=True)
class Choice:
    """One thing HR may do: over which channel, or in words why not now."""

    channel: ChannelName | None = None
    obstacle: str | None = None


@dataclass(frozen=True)
class Choices:
    """What HR can do about a notice as it stands."""

    resend: Choice
    next_channel: Choice
    phone: Choice


def choices_for(notice: Notice, deliveries: Sequence[Delivery]) -> Choices:
    """What can be done about a notice to a candidate; `deliveries` are all of it, oldest first."""
    obstacle = _why_not_send(notice, deliveries)
    called = Choice(obstacle="已经通知到候选人，不需要再打电话。") if notice.told_at else Choice()
    if obstacle:
        return Choices(Choice(obstacle=obstacle), Choice(obstacle=obstacle), called)
    return Choices(_again(notice, deliveries), _next(notice, deliveries), called)


def _why_not_send(notice: Notice, deliveries: Sequence[Delivery]) -> str | None:
    if any(delivery.status in _UNDER_WAY for delivery in deliveries):
        return "有一条消息正在发送，请等结果出来再操作。"
    if notice.told_by_id is not None:
        return "已经打电话告知候选人，不需要再发送。"
    arrived = any(delivery.status in _ARRIVED for delivery in deliveries)
    if arrived or notice.acknowledged_at is not None:
        return "已经通知到候选人，不需要再发送。"
    # An acceptance may count as told where nothing better ever comes; HR may still doubt it.
    if notice.told_at is not None and not (deliveries and deliveries[-1].status is _S.ACCEPTED):
        return "已经通知到候选人，不需要再发送。"
    return None


def _again(notice: Notice, deliveries: Sequence[Delivery]) -> Choice:
    if not deliveries:
        return Choice(obstacle="这条通知还没有发送过，没有可以重发的渠道。")
    channel = deliveries[-1].channel
    if channel not in channel_order(notice):
        return Choice(obstacle=f"{CHANNEL_TEXT[channel]}现在没有启用，不能再发。")
    if not address_of(notice, channel):
        return Choice(obstacle=_no_address(channel))
    return Choice(channel)


def _next(notice: Notice, deliveries: Sequence[Delivery]) -> Choice:
    tried = {delivery.channel for delivery in deliveries}
    untried = [channel for channel in channel_order(notice) if channel not in tried]
    for channel in untried:
        if address_of(notice, channel):
            return Choice(channel)
    if untried:
        return Choice(obstacle="没有其他可用的渠道：" + "".join(map(_no_address, untried)))
    return Choice(obstacle="所有渠道都已经试过，请打电话告知候选人。")


def _no_address(channel: ChannelName) -> str:
    return {
        ChannelName.SMS: "候选人没有手机号，不能发短信。",
        ChannelName.EMAIL: "候选人没有填写邮箱，不能发邮件。",
    }.get(channel, "候选人还没有绑定微信，不能发微信消息。")


def resend_notice(notice_id: int, staff: Staff, actor: Actor) -> Delivery:
    """Send a notice once more over the channel of its newest message.

    Raises:
        NotFound: no notice to a candidate within what `staff` may act on.
        Conflict: something is still under way, the person was told, or there is no way to send it.
    """
    with transaction():
        notice = _locked_notice(notice_id, staff)
        deliveries = _deliveries_of(notice)
        return _send(notice, choices_for(notice, deliveries).resend, deliveries, actor, "notice.resent")


def use_next_channel(notice_id: int, staff: Staff, actor: Actor) -> Delivery:
    """Send a notice over the best channel that was not tried yet and for which there is an address.

    Raises:
        NotFound: no notice to a candidate within what `staff` may act on.
        Conflict: something is still under way, the person was told, or no channel is left.
    """
    with transaction():
        notice = _locked_notice(notice_id, staff)
        deliveries = _deliveries_of(notice)
        choice = choices_for(notice, deliveries).next_channel
        return _send(notice, choice, deliveries, actor, "notice.next_channel")


def mark_told_by_phone(notice_id: int, staff: Staff, actor: Actor) -> tuple[Notice, bool]:
    """HR has called the person; what still waits to be sent stays unsent.

    Returns the notice and whether this call changed it: once somebody was told, nothing changes any more.

    Raises:
        NotFound: no notice to a candidate within what `staff` may act on.
    """
    with transaction():
        notice = _locked_notice(notice_id, staff)
        if notice.told_at is not None:
            return notice, False
        notice.told_at = clock.utc_now()
        notice.told_by_id = staff.id
        notice.next_step_at = None
        for delivery in _deliveries_of(notice, locked=True):
            if delivery.status is _S.QUEUED:
                delivery.error_code, delivery.error_words = None, _CALLED
                advance(delivery, DeliveryAction.FAIL, words=_CALLED)
        _record(actor, "notice.told_by_phone", notice)
        return notice, True


def _send(
    notice: Notice, choice: Choice, deliveries: Sequence[Delivery], actor: Actor, action: str
) -> Delivery:
    if choice.channel is None:
        raise Conflict(choice.obstacle)
    rounds = [delivery.round for delivery in deliveries if delivery.channel is choice.channel]
    delivery = add_delivery(notice, choice.channel, round_=max(rounds, default=0) + 1)
    notice.gave_up_at = None  # the search goes on; when it ends again, that is a moment of its own
    _record(actor, action, notice, choice.channel)
    return delivery


def _record(actor: Actor, action: str, notice: Notice, channel: ChannelName | None = None) -> None:
    detail = {"notice_id": notice.id, "event": notice.event.value}
    if channel is not None:
        detail["channel"] = channel.value
    audit.add_entry(actor, action, "interview", notice.interview_id, detail)


def _locked_notice(notice_id: int, staff: Staff) -> Notice:
    notice = db.session.scalar(
        select(Notice)
        .join(Notice.interview)
        .join(Interview.position)
        .where(
            Notice.id == notice_id,
            Notice.audience == Audience.CANDIDATE,
            positions_within(staff, Permission.CONFIRM_CANCELLATION),
        )
        .options(joinedload(Notice.candidate))
        .with_for_update(of=Notice)
    )
    if notice is None:
        raise NotFound("没有找到这条通知，或不在您负责的范围内。")
    return notice


def _deliveries_of(notice: Notice, *, locked: bool = False) -> list[Delivery]:
    query = select(Delivery).where(Delivery.notice_id == notice.id).order_by(Delivery.id)
    return list(db.session.scalars(query.with_for_update() if locked else query))
