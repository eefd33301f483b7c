"""The dispatcher against WeChat's sandbox: every answer has its rung."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.channels.base import SendOutcome, SendResult
from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.events import Event
from server.models import Delivery, DeliveryEvent
from server.services.cancellations import request_cancellation
from server.services.outbox import claim_due, dispatch_due, record_answers, recover_expired_leases
from tests import builders
from tests.fixtures_sandbox import INVITATION, Sandbox

PERSON = "xu-ran"


def _invited(wechat: Sandbox, person: str = PERSON, consents: int = 1) -> Delivery:
    for _ in range(consents):
        wechat.consent(person, {INVITATION: "accept"})
    return builders.invited(builders.interview(openid=wechat.person(person)["mp_openid"]))


def _now(delivery: Delivery) -> Delivery:
    db.session.rollback()
    return db.session.get_one(Delivery, delivery.id, populate_existing=True)


def _alert(wechat: Sandbox, person: str = "li-min") -> Delivery:
    wechat.follow(person)
    recruiter = builders.staff(openid=wechat.person(person)["oa_openid"])
    interview = builders.interview(of=builders.position(recruiter))
    request_cancellation(interview.id, builders.as_candidate(interview), "personal", None, "key-00000001")
    return builders.last_delivery(builders.notices(Event.CANDIDATE_CANCELLED)[0].id)


def test_a_message_is_accepted_and_lands_on_the_phone_as_it_was_written(
    any_app: Flask, wechat: Sandbox
) -> None:
    delivery = _invited(wechat)
    assert dispatch_due() == 1
    delivery = _now(delivery)
    assert delivery.status is DeliveryStatus.ACCEPTED
    assert delivery.accepted_at >= delivery.sent_at
    [card] = wechat.inbox(PERSON)
    assert {field["key"]: field["value"] for field in card["fields"]} == delivery.payload["fields"]
    assert card["page"] == delivery.payload["link"]
    assert dispatch_due() == 0


def test_without_a_consent_the_refusal_is_kept_in_words(any_app: Flask, wechat: Sandbox) -> None:
    delivery = _invited(wechat, consents=0)
    dispatch_due()
    delivery = _now(delivery)
    assert (delivery.status, delivery.error_code) == (DeliveryStatus.REFUSED, "43101")
    assert delivery.error_words
    [event] = db.session.scalars(select(DeliveryEvent).where(DeliveryEvent.delivery_id == delivery.id))
    assert event.kind == "refuse"
    assert event.raw["rid"]
    assert wechat.inbox(PERSON) == []


def test_who_is_not_bound_gets_no_call_and_a_reason(any_app: Flask, wechat: Sandbox) -> None:
    delivery = builders.invited(builders.interview())
    assert dispatch_due() == 0
    assert (delivery.status, delivery.error_code) == (DeliveryStatus.REFUSED, "unbound")
    assert "还没有用微信" in (delivery.error_words or "")


def test_hr_gets_the_alert(any_app: Flask, wechat: Sandbox) -> None:
    delivery = _alert(wechat)
    dispatch_due()
    delivery = _now(delivery)
    assert delivery.status is DeliveryStatus.ACCEPTED
    assert delivery.provider_id
    [card] = wechat.inbox("li-min")
    assert card["url"].endswith("/m/" + delivery.token)


def test_a_lost_answer_of_a_subscription_message_is_unknown_and_never_sent_again(
    any_app: Flask, wechat: Sandbox
) -> None:
    delivery = _invited(wechat, "sun-yue", consents=3)
    dispatch_due()
    assert _now(delivery).status is DeliveryStatus.UNKNOWN
    with clock.clock_at(lambda: clock._system_time() + timedelta(minutes=5)):
        assert dispatch_due() == 0
    assert len(wechat.accepted()) == 1


def test_a_lost_answer_of_a_template_message_is_sent_again_and_arrives_once(
    any_app: Flask, wechat: Sandbox
) -> None:
    wechat.behave("li-min", loses_answer=True)
    delivery = _alert(wechat)
    dispatch_due()
    assert _now(delivery).status is DeliveryStatus.QUEUED
    with clock.clock_at(lambda: clock._system_time() + timedelta(seconds=10)):
        dispatch_due()
    assert _now(delivery).status is DeliveryStatus.ACCEPTED
    assert len(wechat.inbox("li-min")) == 1
    wechat.behave("li-min", loses_answer=False)


def test_while_wechat_is_away_an_alert_waits_and_leaves_afterwards(any_app: Flask, wechat: Sandbox) -> None:
    delivery = _alert(wechat)
    wechat.settings(down=True)
    dispatch_due()
    assert _now(delivery).status is DeliveryStatus.QUEUED
    assert _now(delivery).next_attempt_at > clock.utc_now()
    wechat.settings(down=False)
    with clock.clock_at(lambda: clock._system_time() + timedelta(minutes=1)):
        dispatch_due()
    assert _now(delivery).status is DeliveryStatus.ACCEPTED


@pytest.mark.parametrize(
    ("errcode", "status"),
    [
        (45009, DeliveryStatus.QUEUED),
        (-1, DeliveryStatus.QUEUED),
        (43108, DeliveryStatus.QUEUED),
        (40037, DeliveryStatus.FAILED),
        (41030, DeliveryStatus.FAILED),
        (45168, DeliveryStatus.FAILED),
        (43101, DeliveryStatus.REFUSED),
        (99999, DeliveryStatus.FAILED),
    ],
)
def test_each_errcode_has_its_rung(app: Flask, wechat: Sandbox, errcode: int, status: DeliveryStatus) -> None:
    delivery = _invited(wechat)
    wechat.settings(fail_next=[{"path": "/cgi-bin/message/subscribe/send", "errcode": errcode, "times": 1}])
    dispatch_due()
    delivery = _now(delivery)
    assert (delivery.status, delivery.error_code) == (status, str(errcode))
    assert delivery.error_words


def test_tries_end(app: Flask, wechat: Sandbox) -> None:
    delivery = _invited(wechat)
    wechat.settings(fail_next=[{"path": "/cgi-bin/message/subscribe/send", "errcode": -1, "times": 99}])
    moment = clock.utc_now()
    for _ in range(12):
        moment += timedelta(minutes=20)
        with clock.clock_at(moment):
            dispatch_due()
    delivery = _now(delivery)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.FAILED, 12)
    wechat.settings(fail_next=[])


def test_two_messages_to_one_person_go_one_after_the_other(any_app: Flask, wechat: Sandbox) -> None:
    wechat.settings(latency_ms=80)
    openid = wechat.person(PERSON)["mp_openid"]
    for _ in range(4):
        wechat.consent(PERSON, {INVITATION: "accept"})
    interview = builders.interview(openid=openid)
    first = builders.invited(interview)
    with transaction() as session:
        from server.services.notices import add_delivery

        for round_ in (2, 3, 4):
            add_delivery(session.get_one(Delivery, first.id).notice, first.channel, round_=round_)
    dispatch_due()
    wechat.settings(latency_ms=0)
    statuses = set(db.session.scalars(select(Delivery.status)))
    assert statuses == {DeliveryStatus.ACCEPTED}


def test_a_dispatcher_that_died_gives_its_rows_back(any_app: Flask, wechat: Sandbox) -> None:
    subscription = _invited(wechat)
    alert = _alert(wechat)
    assert {row.id for row in claim_due(10)} == {subscription.id, alert.id}
    assert claim_due(10) == []
    assert recover_expired_leases() == 0
    with clock.clock_at(lambda: clock._system_time() + timedelta(seconds=61)):
        assert recover_expired_leases() == 2
        assert _now(subscription).status is DeliveryStatus.UNKNOWN
        assert _now(alert).status is DeliveryStatus.QUEUED
        dispatch_due()
    assert _now(alert).status is DeliveryStatus.ACCEPTED


def test_an_answer_that_comes_after_the_lease_still_counts(any_app: Flask, wechat: Sandbox) -> None:
    delivery = _invited(wechat)
    claim_due(10)
    with clock.clock_at(lambda: clock._system_time() + timedelta(seconds=61)):
        recover_expired_leases()
    record_answers([(delivery.id, SendResult(SendOutcome.ACCEPTED, provider_id="123"))])
    delivery = _now(delivery)
    assert (delivery.status, delivery.provider_id) == (DeliveryStatus.ACCEPTED, "123")


def test_two_answers_to_one_message_spoil_no_other_record(any_app: Flask, wechat: Sandbox) -> None:
    alert, other = _alert(wechat), _invited(wechat)
    claim_due(10)
    with clock.clock_at(lambda: clock._system_time() + timedelta(seconds=61)):
        recover_expired_leases()
        claim_due(10)
    accepted = SendResult(SendOutcome.ACCEPTED, provider_id="123")
    record_answers([(alert.id, accepted)])
    record_answers([(alert.id, accepted), (other.id, SendResult(SendOutcome.ACCEPTED))])
    record_answers([(alert.id, SendResult(SendOutcome.REFUSED, code="43004", words="没有关注"))])
    alert = _now(alert)
    assert (alert.status, alert.error_code) == (DeliveryStatus.ACCEPTED, None)
    assert _now(other).status is DeliveryStatus.ACCEPTED


def test_a_late_answer_saves_the_second_sending(any_app: Flask, wechat: Sandbox) -> None:
    alert = _alert(wechat)
    claim_due(10)
    with clock.clock_at(lambda: clock._system_time() + timedelta(seconds=61)):
        recover_expired_leases()
        record_answers([(alert.id, SendResult(SendOutcome.ACCEPTED, provider_id="123"))])
        assert dispatch_due() == 0
    assert _now(alert).status is DeliveryStatus.ACCEPTED


def test_claims_of_two_dispatchers_share_no_row(any_app: Flask, wechat: Sandbox) -> None:
    import threading

    openids = [wechat.person(person["id"])["mp_openid"] for person in wechat.people()[:5]]
    for openid in openids:
        builders.invited(builders.interview(openid=openid))
    taken: list[int] = []
    start = threading.Barrier(3)

    def claim() -> None:
        with any_app.app_context():
            start.wait()
            taken.extend(row.id for row in claim_due(3))
            db.session.remove()

    threads = [threading.Thread(target=claim) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken))
