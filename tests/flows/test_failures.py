"""Killed in the middle, Redis away, WeChat away: nothing lost, nothing twice."""

import json
import sqlite3
from typing import Any

import requests

from server.settings import load_settings
from server.wechat.accounts import MiniProgramAccount
from tests.fixtures_sandbox import CANCELLATION, INVITATION, STAFF_ALERT
from tests.flows.back_office import BackOffice
from tests.installation import RECRUITER, Installation, wait_until
from tests.wechat import pushes


def _rows(installation: Installation, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{installation.folder / 'data.sqlite3'}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


def _statuses(installation: Installation, template: str) -> list[str]:
    rows = _rows(installation, f"SELECT status FROM deliveries WHERE template_id = '{template}' ORDER BY id")
    return [row[0] for row in rows]


def _cancelled(installation: Installation) -> tuple[int, int]:
    """A candidate who has cancelled, with HR's WeChat bound; returns interview and cancellation."""
    [invitation] = installation.populate(["陈思远"])
    hr = BackOffice(installation)
    hr.sign_in(RECRUITER)
    hr.bind_wechat("li-min")
    phone = installation.phone("chen-siyuan")
    interview_id = phone.sign_in(invitation["invite"])["interview_id"]
    answer = phone.cancel(interview_id, "first-key-0001")
    assert answer.status_code == 201, answer.text
    return interview_id, answer.json()["cancellation"]["id"]


def _push_success(installation: Installation, person: str, template: str) -> None:
    """WeChat's event about the message, which the sandbox was told to keep to itself."""
    [sent] = [item for item in installation.sandbox.accepted() if item["template_id"] == template]
    item = {"TemplateId": template, "MsgID": sent["msgid"], "ErrorCode": "0", "ErrorStatus": "success"}
    text = pushes.event("subscribe_msg_sent_event", List=item)
    event = {**json.loads(text), "FromUserName": installation.sandbox.person(person)["mp_openid"]}
    program = load_settings().wechat.miniprogram
    account = MiniProgramAccount(
        program.appid, program.secret, program.push_token, program.push_aes_key, "safe"
    )
    query, body = pushes.safe_push(json.dumps(event), account)
    answer = requests.post(
        f"{installation.url}/webhooks/wechat/miniprogram", params=query, data=body, timeout=10
    )
    assert answer.text == "success"


def test_redis_stopped_during_a_cancel(installation: Installation) -> None:
    installation.start("web", "receipts")
    [invitation] = installation.populate(["陈思远"])
    hr = BackOffice(installation)
    hr.sign_in(RECRUITER)
    hr.bind_wechat("li-min")
    phone = installation.phone("chen-siyuan")
    interview_id = phone.sign_in(invitation["invite"])["interview_id"]
    installation.redis.stop()
    answer = phone.cancel(interview_id, "first-key-0001")
    assert answer.status_code == 201, answer.text
    assert answer.elapsed.total_seconds() < 3
    assert "陈思远" in hr.get("/").text
    assert _statuses(installation, STAFF_ALERT) == ["queued"]
    installation.redis.start()
    installation.start("outbox", "cron")
    wait_until(lambda: installation.sandbox.inbox("li-min"), 90, "the alert after Redis is back")


def test_everything_goes_on_after_redis_went_away_and_came_back(installation: Installation) -> None:
    installation.redis.stop()
    installation.start_all()
    installation.redis.start()
    wait_until(
        lambda: installation.heal() and installation.redis.client().scard("rq:workers") == 2, what="workers"
    )
    installation.redis.stop()
    installation.redis.start()
    _cancelled(installation)
    wait_until(lambda: installation.heal() and installation.sandbox.inbox("li-min"), what="the alert")


def test_a_template_message_whose_worker_was_killed_is_sent_again_and_arrives_once(
    installation: Installation,
) -> None:
    installation.start("web", "receipts", "cron", "outbox")
    installation.sandbox.behave("li-min", slow_seconds=2)
    _cancelled(installation)
    wait_until(lambda: installation.sandbox.inbox("li-min"), what="the alert taken by WeChat")
    assert _statuses(installation, STAFF_ALERT) == ["sending"]
    installation.kill("outbox")
    installation.sandbox.behave("li-min", slow_seconds=0)
    assert _statuses(installation, STAFF_ALERT)[0] in ("sending", "delivered")
    installation.start("outbox")
    wait_until(lambda: _statuses(installation, STAFF_ALERT) == ["delivered"], 90, "the alert settled")
    assert len(installation.sandbox.inbox("li-min")) == 1
    assert len([item for item in installation.sandbox.accepted() if item["template_id"] == STAFF_ALERT]) == 1


def test_a_subscription_message_whose_worker_was_killed_is_unknown_until_the_event_settles_it(
    installation: Installation,
) -> None:
    installation.start("web", "receipts", "cron", "outbox")
    interview_id, cancellation_id = _cancelled(installation)
    phone = installation.phone("chen-siyuan")
    phone.sign_in()
    phone.consent(CANCELLATION)
    installation.sandbox.behave("chen-siyuan", slow_seconds=2, no_events=True)
    hr = BackOffice(installation)
    hr.sign_in(RECRUITER)
    hr.confirm(cancellation_id)
    wait_until(lambda: installation.sandbox.inbox("chen-siyuan"), what="the result taken by WeChat")
    installation.kill("outbox")
    installation.start("outbox")
    wait_until(lambda: _statuses(installation, CANCELLATION) == ["unknown"], what="结果待核实")
    assert "结果待核实" in hr.get(f"/interviews/{interview_id}").text
    _push_success(installation, "chen-siyuan", CANCELLATION)
    wait_until(lambda: _statuses(installation, CANCELLATION) == ["delivered"], what="the event settling it")
    assert len([item for item in installation.sandbox.accepted() if item["template_id"] == CANCELLATION]) == 1


def test_events_before_the_answer_and_doubled_change_nothing_they_should_not(
    installation: Installation,
) -> None:
    installation.start_all()
    [invitation] = installation.populate(["陈思远"])
    installation.sandbox.behave("chen-siyuan", events_before_answer=True, duplicates_events=True)
    phone = installation.phone("chen-siyuan")
    phone.sign_in(invitation["invite"])
    phone.consent()
    wait_until(lambda: _statuses(installation, INVITATION)[-1] == "delivered", what="已送达")
    receipts = (
        "SELECT count(*) FROM delivery_events JOIN deliveries ON deliveries.id = delivery_id"
        " WHERE kind = 'deliver' AND channel = 'wechat_subscribe'"
    )
    assert _rows(installation, receipts) == [(1,)]


def test_nothing_that_names_or_opens_stands_in_the_logs(installation: Installation) -> None:
    installation.environment["YUEMIAN_LOG_LEVEL"] = "DEBUG"
    installation.start_all()
    _cancelled(installation)
    wait_until(lambda: installation.sandbox.inbox("li-min"), what="the alert")
    person = installation.sandbox.person("chen-siyuan")
    staff = installation.sandbox.person("li-min")
    secrets = [person["mp_openid"], staff["oa_openid"], "陈思远", "13900000001", "sandbox-official-secret"]
    secrets += [row[0] for row in _rows(installation, "SELECT token FROM deliveries")]
    secrets += [row[0] for row in _rows(installation, "SELECT invite_token FROM interviews")]
    for name in installation.commands:
        log = installation.log(name)
        assert [secret for secret in secrets if secret in log] == [], name
