"""订阅消息: quota, refusals, and one send at a time per person."""

import threading
import time
from typing import Any

import pytest
import requests

from tests.fixtures_sandbox import CANCELLATION, INVITATION, STAFF_ALERT, Sandbox
from tests.sandbox.conftest import INVITATION_DATA, Caller

ACCEPT = {INVITATION: "accept"}


def test_one_accept_lets_one_message_through(sandbox: Sandbox, caller: Caller) -> None:
    assert caller.subscribe("chen-siyuan")["errcode"] == 43101
    answer = sandbox.consent("chen-siyuan", ACCEPT)
    assert answer == {"errMsg": "requestSubscribeMessage:ok", INVITATION: "accept"}
    taken = caller.subscribe("chen-siyuan")
    assert (taken["errcode"], taken["errmsg"]) == (0, "ok")
    assert len(str(taken["msgid"])) == 19
    refused = caller.subscribe("chen-siyuan")
    assert refused["errcode"] == 43101
    assert refused["errmsg"].startswith("user refuse to accept the msg rid: ")
    assert [one["person"] for one in sandbox.accepted()] == ["chen-siyuan"]


def test_accepts_add_up_and_belong_to_one_template(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.consent("lin-xiao", {INVITATION: "accept", CANCELLATION: "reject"})
    sandbox.consent("lin-xiao", ACCEPT)
    assert [caller.subscribe("lin-xiao")["errcode"] for _ in range(3)] == [0, 0, 43101]


def test_the_card_lands_on_the_phone(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.consent("chen-siyuan", ACCEPT)
    caller.subscribe("chen-siyuan")
    [card] = sandbox.inbox("chen-siyuan")
    assert (card["account"], card["title"], card["read"]) == ("miniprogram", "面试邀请通知", False)
    assert card["page"] == "pages/interview/index?id=12&d=abc"
    assert card["fields"][0] == {"key": "thing1", "label": "面试岗位", "value": "产品经理"}
    read = sandbox.post(f"/sandbox/people/chen-siyuan/inbox/{card['id']}/read")
    assert read.status_code == 204
    assert sandbox.get("/sandbox/people/chen-siyuan/inbox").json()["unread"] == 0


def test_some_accounts_get_no_msgid(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.settings(answers_msgid=False)
    sandbox.consent("lin-xiao", ACCEPT)
    assert caller.subscribe("lin-xiao") == {"errcode": 0, "errmsg": "ok"}


def test_who_refuses_is_not_reached_whatever_the_quota(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.consent("wang-jie", ACCEPT)
    assert caller.subscribe("wang-jie")["errcode"] == 43101


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"touser": "oNobodyHasThisOpenid00000000"}, 40003),
        ({"template_id": "sbx-unknown"}, 40037),
        ({"template_id": STAFF_ALERT}, 40037),
        ({"page": "pages/draft/index"}, 41030),
        ({"data": '{"thing1": {"value": "产品经理"}}'}, 47003),
        ({"data": INVITATION_DATA | {"thing1": {"value": ""}}}, 47003),
    ],
)
def test_a_wrong_part_has_its_own_code(
    sandbox: Sandbox, caller: Caller, changes: dict[str, Any], errcode: int
) -> None:
    sandbox.consent("lin-xiao", ACCEPT)
    assert caller.subscribe("lin-xiao", **changes)["errcode"] == errcode
    assert caller.subscribe("lin-xiao")["errcode"] == 0, "a refused call uses no quota up"


def test_an_openid_of_the_official_account_is_invalid_here(sandbox: Sandbox, caller: Caller) -> None:
    openid = sandbox.person("lin-xiao")["oa_openid"]
    assert caller.subscribe("lin-xiao", touser=openid)["errcode"] == 40003


def test_two_sends_for_one_person_must_not_overlap(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.consent("lin-xiao", ACCEPT)
    sandbox.consent("lin-xiao", ACCEPT)
    sandbox.consent("xu-ran", ACCEPT)
    sandbox.settings(latency_ms=500)
    answers: dict[str, int] = {}
    token = caller.token()

    def send(name: str, person_id: str) -> None:
        other = Caller(Sandbox(sandbox.url, sandbox.process))
        answers[name] = other.subscribe(person_id, token=token)["errcode"]

    threads = [threading.Thread(target=send, args=pair) for pair in (("first", "lin-xiao"), ("x", "xu-ran"))]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    send("second", "lin-xiao")
    for thread in threads:
        thread.join()
    assert answers == {"first": 0, "second": 43108, "x": 0}
    assert caller.subscribe("lin-xiao", token=token)["errcode"] == 0


def test_a_slow_person_is_answered_late(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.behave("he-jing", slow_seconds=0.5)
    sandbox.consent("he-jing", ACCEPT)
    begun = time.monotonic()
    assert caller.subscribe("he-jing")["errcode"] == 0
    assert time.monotonic() - begun >= 0.5


def test_a_lost_answer_is_a_cut_connection_after_the_message_was_taken(
    sandbox: Sandbox, caller: Caller
) -> None:
    sandbox.consent("sun-yue", ACCEPT)
    with pytest.raises(requests.ConnectionError):
        caller.subscribe("sun-yue")
    assert len(sandbox.inbox("sun-yue")) == 1
    assert len(sandbox.accepted()) == 1
    assert caller.subscribe("lin-xiao")["errcode"] == 43101, "the next caller is answered"


def test_switching_a_template_off_takes_the_quota_back(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.consent("lin-xiao", ACCEPT)
    sandbox.post("/sandbox/people/lin-xiao/message-settings", {"choices": {INVITATION: "reject"}})
    assert caller.subscribe("lin-xiao")["errcode"] == 43101
