"""Takes in the status reports of the SMS providers: each kept as it came, once, and then applied."""

import hashlib
import json
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from server.channels.sms_reports import SmsReport, read_report
from server.db import after_commit, db, transaction
from server.domain.delivery import AWAITING_RECEIPT, DeliveryAction
from server.domain.events import ChannelName
from server.models import Delivery, PushEvent
from server.queues import RECEIPTS
from server.runtime import runtime
from server.services.deliveries import advance

EVENT = "sms_report"

_SENDER = "sms:"
# A report without our token and with an id we never saw can only be about a message sent this recently.
_MATCH_WITHIN = timedelta(minutes=15)


def store_reports(provider: str, reports: list[SmsReport]) -> int:
    """Keep what a provider ("aliyun" or "tencent") pushed; returns how many of the reports are new."""
    return sum(_store(provider, report) for report in reports)


def _store(provider: str, report: SmsReport) -> bool:
    data = dict(report.data)
    # A push repeated in another batch, or with its keys in another order, is still the same report.
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    try:
        with transaction():
            db.session.add(
                PushEvent(
                    appid=f"{_SENDER}{provider}",
                    sha256=hashlib.sha256(text.encode()).hexdigest(),
                    event=EVENT,
                    body=text,
                    data=data,
                )
            )
            after_commit(_wake_receipts)
    except IntegrityError:
        return False
    return True


def apply_sms_report(stored: PushEvent) -> str:
    """Move the delivery a kept report is about: "applied", or "unmatched" when there is none (yet).

    Call it inside a transaction.
    """
    report = read_report(stored.appid.removeprefix(_SENDER), stored.data)
    delivery = _matching(report, stored)
    if delivery is None:
        return "unmatched"
    delivery.provider_id = delivery.provider_id or report.provider_id
    if not report.ok:
        delivery.error_code = delivery.error_code or report.code[:40]
        delivery.error_words = delivery.error_words or report.words
    action = DeliveryAction.DELIVER if report.ok else DeliveryAction.MISCARRY
    advance(delivery, action, words=report.words, raw=stored.data, push_event_id=stored.id)
    return "applied"


def _matching(report: SmsReport, stored: PushEvent) -> Delivery | None:
    """The delivery of a report: by our token, by the provider's id, else the oldest open to the mobile."""
    base = (
        select(Delivery)
        .where(Delivery.channel == ChannelName.SMS)
        .options(joinedload(Delivery.notice))
        .with_for_update(of=Delivery)
    )
    if report.out_token:
        found = db.session.scalar(base.where(Delivery.token == report.out_token))
        if found is not None:
            return found
    found = db.session.scalar(base.where(Delivery.provider_id == report.provider_id))
    if found is not None or not report.mobile:
        return found
    # Tencent names only its own id, which we do not know when its answer was lost.
    return db.session.scalar(
        base.where(
            Delivery.address == report.mobile,
            Delivery.provider_id.is_(None),
            Delivery.status.in_(AWAITING_RECEIPT),
            Delivery.sent_at > stored.received_at - _MATCH_WITHIN,
        )
        .order_by(Delivery.sent_at, Delivery.id)
        .limit(1)
    )


def _wake_receipts() -> None:
    runtime().nudger.nudge(RECEIPTS)
