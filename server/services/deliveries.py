"""Moves one delivery along its ladder; every caller is inside a transaction of its own."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from server.db import after_commit, db
from server.domain import clock
from server.domain.delivery import DeliveryAction, DeliveryStatus, after
from server.domain.events import Audience
from server.models import Cancellation, Delivery, DeliveryEvent, Notice
from server.runtime import runtime
from server.services.notices import wake_dispatcher

_A, _S = DeliveryAction, DeliveryStatus

# The column that keeps when a rung was first reached.
_STAMP = {
    _S.ACCEPTED: "accepted_at",
    _S.DELIVERED: "delivered_at",
    _S.OPENED: "opened_at",
    _S.ACKNOWLEDGED: "acknowledged_at",
    _S.REFUSED: "ended_at",
    _S.FAILED: "ended_at",
}
# Reaching any of these means that the person was told.
_TOLD = {_S.OPENED, _S.ACKNOWLEDGED}


def advance(
    delivery: Delivery,
    action: DeliveryAction,
    *,
    words: str | None = None,
    raw: dict[str, Any] | None = None,
    push_event_id: int | None = None,
    record: bool = True,
) -> DeliveryStatus:
    """Apply `action` and keep what came back; a repeat that changes nothing is kept as well.

    Raises:
        InvalidTransition: the ladder does not know this step.
    """
    before = delivery.status
    delivery.status = after(before, action)
    now = clock.utc_now()
    stamp = _STAMP.get(delivery.status)
    if stamp and delivery.status is not before and getattr(delivery, stamp) is None:
        setattr(delivery, stamp, now)
    if action is _A.ACCEPT and delivery.accepted_at is None:
        delivery.accepted_at = now  # the answer came after the receipt
    if delivery.status is not _S.SENDING:
        delivery.claim = delivery.lease_until = None
    if delivery.status is not _S.QUEUED:
        delivery.next_attempt_at = None
    _mark_told(delivery, now)
    if delivery.status is not before:
        _schedule(delivery, now)
    if record:
        db.session.add(
            DeliveryEvent(
                delivery_id=delivery.id,
                kind=action.value,
                words=words,
                raw=raw,
                push_event_id=push_event_id,
                at=now,
            )
        )
    return delivery.status


def _mark_told(delivery: Delivery, now: datetime) -> None:
    # A channel may have been taken out of the settings while a message of its was under way.
    channel = runtime().channels.get(delivery.channel)
    told = delivery.status in _TOLD or (channel is not None and delivery.status is channel.success_rung)
    if told and delivery.notice.told_at is None:
        delivery.notice.told_at = now


def _schedule(delivery: Delivery, now: datetime) -> None:
    """Say when the notice needs another look: at once after a refusal, later when a receipt may come."""
    notice = delivery.notice
    if notice.told_at is not None:
        notice.next_step_at = None
        return
    wait = {
        _S.REFUSED: timedelta(0),
        _S.FAILED: timedelta(0),
        _S.ACCEPTED: timedelta(minutes=runtime().settings.clock.silence_minutes),
        _S.UNKNOWN: timedelta(minutes=runtime().settings.clock.unknown_minutes),
    }.get(delivery.status)
    if wait is not None:
        notice.next_step_at = now + wait
    if wait == timedelta(0):
        after_commit(wake_dispatcher)


def acknowledge_alerts(cancellation: Cancellation) -> None:
    """HR has acted on the cancellation, so its alerts to HR need no more attention."""
    alerts = db.session.scalars(
        select(Delivery)
        .join(Delivery.notice)
        .where(Notice.cancellation_id == cancellation.id, Notice.audience == Audience.STAFF)
    )
    now = clock.utc_now()
    for delivery in alerts:
        # Somebody else may have confirmed: only who opened the alert has taken note of it.
        if delivery.status is _S.OPENED:
            advance(delivery, _A.ACKNOWLEDGE)
            delivery.notice.acknowledged_at = now
