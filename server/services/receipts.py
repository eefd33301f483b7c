"""Takes in what WeChat pushes: kept as it came, once, and then applied."""

import logging
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from server.db import after_commit, db, transaction
from server.domain import clock
from server.domain.delivery import AWAITING_RECEIPT, DeliveryAction
from server.domain.events import ChannelName
from server.models import Candidate, Delivery, PushEvent
from server.queues import RECEIPTS
from server.runtime import runtime
from server.services import sms_reports, staff_binding
from server.services.deliveries import advance
from server.services.subscriptions import record_consent
from server.wechat.callbacks import Push
from server.wechat.events import (
    SentResult,
    change_choices,
    popup_choices,
    scan,
    sent_results,
    template_job,
)

log = logging.getLogger(__name__)

_A = DeliveryAction
# An event without our message id can only be about a message sent this recently.
_MATCH_WITHIN = timedelta(minutes=15)
# An event that matches nothing may have overtaken the commit it belongs to; after this long it has not.
_GIVE_UP_AFTER = timedelta(minutes=15)
_BATCH = 200


def store_push(push: Push) -> bool:
    """Keep a push as it came; False when it is already there, which is how a retry of WeChat looks."""
    try:
        with transaction():
            db.session.add(
                PushEvent(
                    appid=push.appid,
                    sha256=push.sha256,
                    event=(push.event or push.kind)[:64],
                    openid=push.openid[:64] if push.openid else None,
                    body=push.text,
                    data=push.data,
                )
            )
            after_commit(_wake_receipts)
    except IntegrityError:
        return False
    return True


def apply_pushes() -> int:
    """Apply what has been kept and not yet applied; returns how many events are settled by this run."""
    ids = list(
        db.session.scalars(
            select(PushEvent.id)
            .where(PushEvent.applied_at.is_(None))
            .order_by(PushEvent.received_at, PushEvent.id)
            .limit(_BATCH)
        )
    )
    return sum(_apply_safely(event_id) for event_id in ids)


def _apply_safely(event_id: int) -> bool:
    """Apply one event; one that we cannot apply is set aside, so that it holds up none of the others."""
    try:
        return _apply_one(event_id)
    except Exception:
        log.exception("push event %s cannot be applied", event_id)
    with transaction():
        stored = db.session.get_one(PushEvent, event_id)
        stored.applied_at, stored.outcome = clock.utc_now(), "broken"
    return False


def _apply_one(event_id: int) -> bool:
    with transaction():
        stored = db.session.scalar(
            select(PushEvent)
            .where(PushEvent.id == event_id, PushEvent.applied_at.is_(None))
            .with_for_update()
        )
        if stored is None:
            return False
        outcome = _apply(stored)
        now = clock.utc_now()
        if outcome == "unmatched" and now - stored.received_at < _GIVE_UP_AFTER:
            return False
        stored.applied_at, stored.outcome = now, outcome
        return True


def _apply(stored: PushEvent) -> str:
    push = _restored(stored)
    match stored.event:
        case "subscribe_msg_sent_event":
            found = [_apply_sent(stored, result) for result in sent_results(push)]
            return "applied" if all(found) else "unmatched"
        case "templatesendjobfinish":
            return _apply_template_job(stored, push)
        case "subscribe_msg_popup_event" | "subscribe_msg_change_event":
            return _apply_choices(stored, push)
        case "subscribe" | "scan":
            return staff_binding.apply_scan(scan(push), stored)
        case "unsubscribe":
            return staff_binding.forget_follower(stored)
        case sms_reports.EVENT:
            return sms_reports.apply_sms_report(stored)
        case _:
            return "ignored"


def _restored(stored: PushEvent) -> Push:
    return Push(
        appid=stored.appid,
        kind="event",
        event=stored.event,
        openid=stored.openid or "",
        created_at=stored.received_at,
        text=stored.body,
        sha256=stored.sha256,
        data=stored.data,
    )


def _apply_sent(stored: PushEvent, result: SentResult) -> bool:
    delivery = _by_message_id(ChannelName.WECHAT_SUBSCRIBE, result.msgid)
    if delivery is None:
        delivery = _oldest_open(stored.openid, result.template_id)
    return _settle(stored, delivery, result.msgid, result.ok, f"{result.status}（{result.code}）")


def _apply_template_job(stored: PushEvent, push: Push) -> str:
    job = template_job(push)
    if job is None:
        return "ignored"
    # The answer to a template message always carries its id. Until that is recorded the event has to wait: a
    # guess by person would give one alert's receipt to another, since HR gets many at a time.
    delivery = _by_message_id(ChannelName.WECHAT_TEMPLATE, job.msgid)
    settled = _settle(stored, delivery, job.msgid, job.ok, job.status)
    return "applied" if settled else "unmatched"


def _deliveries(channel: ChannelName) -> Select[Delivery]:
    return (
        select(Delivery)
        .where(Delivery.channel == channel)
        .options(joinedload(Delivery.notice))
        .with_for_update(of=Delivery)
    )


def _by_message_id(channel: ChannelName, msgid: str | None) -> Delivery | None:
    if not msgid:
        return None
    return db.session.scalar(_deliveries(channel).where(Delivery.provider_id == msgid))


def _oldest_open(openid: str | None, template_id: str) -> Delivery | None:
    """The subscription message an event without a known id is about: some accounts get no ids in answers."""
    return db.session.scalar(
        _deliveries(ChannelName.WECHAT_SUBSCRIBE)
        .where(
            Delivery.address == openid,
            Delivery.template_id == template_id,
            Delivery.provider_id.is_(None),
            Delivery.status.in_(AWAITING_RECEIPT),
            Delivery.sent_at > clock.utc_now() - _MATCH_WITHIN,
        )
        .order_by(Delivery.sent_at, Delivery.id)
        .limit(1)
    )


def _settle(stored: PushEvent, delivery: Delivery | None, msgid: str | None, ok: bool, words: str) -> bool:
    if delivery is None:
        return False
    delivery.provider_id = delivery.provider_id or msgid
    if not ok:
        delivery.error_words = delivery.error_words or words
    advance(
        delivery, _A.DELIVER if ok else _A.MISCARRY, words=words, raw=stored.data, push_event_id=stored.id
    )
    return True


def _apply_choices(stored: PushEvent, push: Push) -> str:
    candidate = db.session.scalar(select(Candidate).where(Candidate.openid == stored.openid))
    if candidate is None or stored.appid != runtime().settings.wechat.miniprogram.appid:
        return "ignored"
    choices = popup_choices(push) if stored.event == "subscribe_msg_popup_event" else change_choices(push)
    for choice in choices:
        record_consent(candidate, choice.template_id, choice.status, "event")
    return "applied"


def _wake_receipts() -> None:
    runtime().nudger.nudge(RECEIPTS)
