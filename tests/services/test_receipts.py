"""What comes back from WeChat and from people, in any order."""

import hashlib
import itertools
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.channels.base import SendOutcome, SendResult
from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.errors import NotFound
from server.domain.events import Event
from server.models import Delivery, Notice, PushEvent, SubscriptionGrant
from server.services import openings, receipts
from server.services.cancellations import confirm_cancellation, request_cancellation
from server.services.outbox import claim_due, record_answers
from server.services.subscriptions import report_consents
from server.wechat.callbacks import Push
from tests import builders
from tests.fixtures_sandbox import INVITATION, MINIPROGRAM, OFFICIAL

OPENID = "o-candidate-000000000000001"
_times = itertools.count(1700000000)


def _push(event: str, openid: str = OPENID, appid: str = MINIPROGRAM, **data: Any) -> Push:
    body = {
        "FromUserName": openid,
        "CreateTime": str(next(_times)),
        "MsgType": "event",
        "Event": event,
        **data,
    }
    text = json.dumps(body)
    return Push(
        appid=appid,
        kind="event",
        event=event.lower(),
        openid=openid,
        created_at=clock.utc_now(),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        data=body,
    )


def _sent(
    msgid: str | None = "555", code: str = "0", status: str = "success", template: str = INVITATION
) -> Push:
    item = {"TemplateId": template, "ErrorCode": code, "ErrorStatus": status}
    if msgid:
        item["MsgID"] = msgid
    return _push("subscribe_msg_sent_event", List=item)


def _accepted(provider_id: str | None = "555") -> Delivery:
    delivery = builders.invited(builders.interview(openid=OPENID))
    claim_due(10)
    record_answers([(delivery.id, SendResult(SendOutcome.ACCEPTED, provider_id=provider_id))])
    return delivery


def _status(delivery: Delivery) -> DeliveryStatus:
    db.session.rollback()
    return db.session.get_one(Delivery, delivery.id, populate_existing=True).status


def _take(push: Push) -> None:
    receipts.store_push(push)
    receipts.apply_pushes()


def test_a_receipt_by_message_id(any_app: Flask) -> None:
    delivery = _accepted()
    _take(_sent())
    assert _status(delivery) is DeliveryStatus.DELIVERED
    assert db.session.get_one(Notice, delivery.notice_id).told_at


def test_a_receipt_without_a_message_id_belongs_to_the_oldest_open_message(any_app: Flask) -> None:
    delivery = _accepted(provider_id=None)
    _take(_sent(msgid=None))
    assert _status(delivery) is DeliveryStatus.DELIVERED


def test_a_receipt_of_another_template_or_person_matches_nothing(any_app: Flask) -> None:
    delivery = _accepted(provider_id=None)
    _take(_sent(msgid=None, template="another-template"))
    _take(
        _push(
            "subscribe_msg_sent_event",
            openid="somebody-else",
            List={"TemplateId": INVITATION, "ErrorCode": "0"},
        )
    )
    assert _status(delivery) is DeliveryStatus.ACCEPTED


def test_a_failure_is_kept_with_the_providers_words(any_app: Flask) -> None:
    delivery = _accepted()
    _take(_sent(code="1", status="failed: system failed"))
    assert _status(delivery) is DeliveryStatus.FAILED
    assert "system failed" in (db.session.get_one(Delivery, delivery.id).error_words or "")


def test_the_same_push_is_kept_once(any_app: Flask) -> None:
    _accepted()
    push = _sent()
    assert receipts.store_push(push)
    assert not receipts.store_push(push)
    assert receipts.apply_pushes() == 1
    assert receipts.apply_pushes() == 0


def test_a_receipt_that_overtakes_the_answer_is_kept_and_counts(any_app: Flask) -> None:
    delivery = builders.invited(builders.interview(openid=OPENID))
    claim_due(10)
    _take(_sent())
    assert _status(delivery) is DeliveryStatus.DELIVERED
    record_answers([(delivery.id, SendResult(SendOutcome.ACCEPTED, provider_id="555"))])
    delivery = db.session.get_one(Delivery, delivery.id)
    assert delivery.status is DeliveryStatus.DELIVERED
    assert delivery.accepted_at


def test_a_receipt_that_matches_nothing_yet_waits_and_is_given_up_later(any_app: Flask) -> None:
    receipts.store_push(_sent(msgid="999"))
    assert receipts.apply_pushes() == 0
    with clock.clock_at(lambda: clock._system_time() + timedelta(minutes=16)):
        assert receipts.apply_pushes() == 1
    assert db.session.scalar(select(PushEvent.outcome)) == "unmatched"


def test_the_event_settles_what_was_unknown(any_app: Flask) -> None:
    delivery = builders.invited(builders.interview(openid=OPENID))
    claim_due(10)
    record_answers([(delivery.id, SendResult(SendOutcome.LOST))])
    assert _status(delivery) is DeliveryStatus.UNKNOWN
    _take(_sent())
    assert _status(delivery) is DeliveryStatus.DELIVERED


@pytest.mark.parametrize(
    ("status", "rung"),
    [
        ("success", DeliveryStatus.DELIVERED),
        ("failed:user block", DeliveryStatus.FAILED),
        ("failed: system failed", DeliveryStatus.FAILED),
    ],
)
def test_the_receipt_of_hrs_alert(any_app: Flask, status: str, rung: DeliveryStatus) -> None:
    recruiter = builders.staff(openid="o-staff-1")
    interview = builders.interview(of=builders.position(recruiter))
    request_cancellation(interview.id, builders.as_candidate(interview), "personal", None, "key-00000001")
    [alert] = claim_due(10)
    record_answers([(alert.id, SendResult(SendOutcome.ACCEPTED, provider_id="777"))])
    _take(_push("TEMPLATESENDJOBFINISH", openid="o-staff-1", appid=OFFICIAL, MsgID="777", Status=status))
    assert _status(alert) is rung


def test_one_alerts_receipt_is_never_given_to_another(any_app: Flask) -> None:
    recruiter = builders.staff(openid="o-staff-1")
    position = builders.position(recruiter)
    for number in range(2):
        interview = builders.interview(of=position)
        actor = builders.as_candidate(interview)
        request_cancellation(interview.id, actor, "personal", None, f"key-0000000{number}")
    first, second = claim_due(10)
    # The second alert's event overtakes both answers.
    _take(_push("TEMPLATESENDJOBFINISH", openid="o-staff-1", appid=OFFICIAL, MsgID="222", Status="success"))
    record_answers([(first.id, SendResult(SendOutcome.ACCEPTED, provider_id="111"))])
    record_answers([(second.id, SendResult(SendOutcome.ACCEPTED, provider_id="222"))])
    receipts.apply_pushes()
    assert _status(first) is DeliveryStatus.ACCEPTED
    assert _status(second) is DeliveryStatus.DELIVERED


def test_opened_and_acknowledged_only_by_the_person_it_was_sent_to(any_app: Flask) -> None:
    delivery = _accepted()
    interview = delivery.notice.interview
    stranger = builders.interview("林晓", openid="o-another").candidate_id
    with pytest.raises(NotFound):
        openings.report_opened_by_candidate(delivery.token, stranger, 1014)
    with pytest.raises(NotFound):
        openings.acknowledge_notice(delivery.notice_id, stranger)
    assert _status(delivery) is DeliveryStatus.ACCEPTED
    openings.report_opened_by_candidate(delivery.token, interview.candidate_id, 1014)
    assert _status(delivery) is DeliveryStatus.OPENED
    openings.acknowledge_notice(delivery.notice_id, interview.candidate_id)
    first = db.session.get_one(Notice, delivery.notice_id).acknowledged_at
    openings.acknowledge_notice(delivery.notice_id, interview.candidate_id)
    assert _status(delivery) is DeliveryStatus.ACKNOWLEDGED
    assert db.session.get_one(Notice, delivery.notice_id).acknowledged_at == first
    _take(_sent())
    assert _status(delivery) is DeliveryStatus.ACKNOWLEDGED


def test_hr_opens_the_alert_and_confirming_acknowledges_it(any_app: Flask) -> None:
    recruiter = builders.staff(openid="o-staff-1")
    interview = builders.interview(of=builders.position(recruiter))
    requested, _ = request_cancellation(
        interview.id, builders.as_candidate(interview), "personal", None, "key-00000001"
    )
    [alert] = claim_due(10)
    other = builders.staff("周航")
    with pytest.raises(NotFound):
        openings.report_opened_by_staff(alert.token, other)
    openings.report_opened_by_staff(alert.token, recruiter)
    assert _status(alert) is DeliveryStatus.OPENED
    confirm_cancellation(requested.id, recruiter, builders.as_staff(recruiter))
    assert _status(alert) is DeliveryStatus.ACKNOWLEDGED


def test_one_consent_told_by_page_and_event_counts_once_and_opens_the_way(any_app: Flask) -> None:
    interview = builders.interview()
    delivery = builders.invited(interview)
    assert delivery.status is DeliveryStatus.REFUSED
    with transaction():
        interview.candidate.openid = OPENID
    report_consents(interview.candidate_id, {INVITATION: "accept", "a-template-of-nobody": "accept"})
    _take(
        _push(
            "subscribe_msg_popup_event",
            List=[{"TemplateId": INVITATION, "SubscribeStatusString": "accept", "PopupScene": "0"}],
        )
    )
    assert len(list(db.session.scalars(select(SubscriptionGrant)))) == 1
    [second] = claim_due(10)
    assert (second.notice_id, second.round, second.address) == (delivery.notice_id, 2, OPENID)


def test_nobody_is_invited_to_what_was_cancelled(any_app: Flask) -> None:
    interview = builders.interview()
    builders.invited(interview)
    request_cancellation(interview.id, builders.as_candidate(interview), "personal", None, "key-00000001")
    with transaction():
        interview.candidate.openid = OPENID
    report_consents(interview.candidate_id, {INVITATION: "accept"})
    assert claim_due(10) == []


def test_a_rejection_sends_nothing(any_app: Flask) -> None:
    interview = builders.interview()
    builders.invited(interview)
    report_consents(interview.candidate_id, {INVITATION: "reject"})
    assert claim_due(10) == []
    assert len(builders.notices(Event.INVITATION)) == 1


def test_a_follower_who_leaves_is_forgotten(any_app: Flask) -> None:
    recruiter = builders.staff(openid="o-staff-1")
    _take(_push("unsubscribe", openid="o-staff-1", appid=OFFICIAL))
    db.session.rollback()
    assert db.session.get_one(type(recruiter), recruiter.id, populate_existing=True).openid is None


def test_an_event_that_cannot_be_applied_holds_up_no_other(any_app: Flask) -> None:
    delivery = _accepted()
    push = _sent()
    receipts.store_push(replace(push, sha256="0" * 64, data=["not what we know"]))
    _take(push)
    assert _status(delivery) is DeliveryStatus.DELIVERED
    assert list(db.session.scalars(select(PushEvent.outcome).order_by(PushEvent.id))) == ["broken", "applied"]
    assert receipts.apply_pushes() == 0
