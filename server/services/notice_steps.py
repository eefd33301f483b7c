"""Leads notices from channel to channel until somebody was told, and says so when nobody can be."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.db import db, supports_skip_locked, transaction
from server.domain import clock
from server.domain.events import Audience, Event
from server.domain.notice import Attempt, Move, Patience, next_step
from server.models import Delivery, Notice
from server.runtime import runtime
from server.services.notices import add_delivery, address_of, channel_order, raise_notice

_BATCH = 200


def advance_notices() -> int:
    """Take the next step of every notice that is due; returns how many new messages are in the outbox."""
    sent = 0
    while batch := _advance_batch():
        sent += sum(batch)
        if len(batch) < _BATCH:
            break
    return sent


def _advance_batch() -> list[bool]:
    now = clock.utc_now()
    with transaction():
        due = db.session.scalars(
            select(Notice)
            .where(Notice.next_step_at <= now, Notice.told_at.is_(None))
            .options(joinedload(Notice.candidate), joinedload(Notice.staff), joinedload(Notice.interview))
            .order_by(Notice.next_step_at)
            .limit(_BATCH)
            .with_for_update(of=Notice, skip_locked=supports_skip_locked())
        )
        return [_step(notice, now) for notice in due]


def _step(notice: Notice, now: datetime) -> bool:
    settings = runtime().settings.clock
    deliveries = list(
        db.session.scalars(
            select(Delivery).where(Delivery.notice_id == notice.id).order_by(Delivery.round, Delivery.id)
        )
    )
    newest = {delivery.channel: delivery for delivery in deliveries}
    order = channel_order(notice)
    step = next_step(
        order,
        [channel for channel in order if address_of(notice, channel)],
        [Attempt(one.channel, one.status, _since(one)) for one in newest.values()],
        Patience(timedelta(minutes=settings.silence_minutes), timedelta(minutes=settings.unknown_minutes)),
        now,
    )
    notice.next_step_at = step.look_again_at
    if step.move is Move.SEND and step.channel is not None:
        add_delivery(notice, step.channel)
        return True
    if step.move is Move.GIVE_UP and notice.gave_up_at is None:
        notice.gave_up_at = now
        _tell_hr(notice)
    return False


def _since(delivery: Delivery) -> datetime:
    return delivery.accepted_at or delivery.sent_at or delivery.created_at


def _tell_hr(notice: Notice) -> None:
    """Nobody could be told, so HR has to call. Only for a cancellation: an invitation can wait."""
    if notice.audience is not Audience.CANDIDATE or notice.cancellation is None:
        return
    raise_notice(
        Event.CANDIDATE_NOT_REACHED,
        notice.interview,
        staff=notice.interview.position.recruiter,
        cancellation=notice.cancellation,
    )
