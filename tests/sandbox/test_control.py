"""People, settings, faults and reset."""

import re
import time
from typing import Any

import pytest
import requests

from tests.fixtures_sandbox import INVITATION, Sandbox
from tests.sandbox.conftest import Caller

SEND = "/cgi-bin/message/subscribe/send"


def test_people_have_real_looking_openids_that_differ_by_account(sandbox: Sandbox) -> None:
    people = sandbox.people()
    assert people[0]["name"] == "陈思远"
    openids = [person[key] for person in people for key in ("mp_openid", "oa_openid")]
    assert len(set(openids)) == 2 * len(people)
    assert all(re.fullmatch(r"o[A-Za-z0-9_-]{27}", openid) for openid in openids)
    assert {person["kind"] for person in people} == {"candidate", "staff"}


def test_a_person_can_be_added_once(sandbox: Sandbox) -> None:
    added = sandbox.add_person("ma-li", "马丽", behaviour={"blocks": True})
    assert sandbox.person("ma-li") == added
    taken = sandbox.post("/sandbox/people", {"id": "ma-li", "name": "马丽", "kind": "candidate"})
    assert taken.status_code == 409
    assert sandbox.get("/sandbox/people/nobody").status_code == 404


@pytest.mark.parametrize(
    "behaviour", [{"sulks": True}, {"blocks": "yes"}, {"slow_seconds": True}, {"slow_seconds": "3"}]
)
def test_a_behaviour_must_be_known(sandbox: Sandbox, behaviour: dict[str, Any]) -> None:
    assert sandbox.patch("/sandbox/people/lin-xiao", {"behaviour": behaviour}).status_code == 400


def test_a_behaviour_can_be_switched_off_again(sandbox: Sandbox) -> None:
    assert sandbox.behave("wang-jie", refuses=False)["behaviour"] == {}


@pytest.mark.parametrize(
    "patch",
    [
        {"speed": 1},
        {"latency_ms": -1},
        {"answers_msgid": "no"},
        {"push_mode": "open"},
        {"push_format": {"miniprogram": "yaml"}},
        {"fail_next": [{"errcode": -1}]},
    ],
)
def test_a_setting_must_make_sense(sandbox: Sandbox, patch: dict[str, Any]) -> None:
    assert sandbox.patch("/sandbox/settings", patch).status_code == 400


def test_a_platform_that_is_down_cuts_every_call(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.settings(down=True)
    with pytest.raises(requests.ConnectionError):
        caller.token()
    sandbox.settings(down=False)
    assert caller.token()


def test_the_next_calls_fail_as_often_as_set(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.settings(fail_next=[{"path": SEND, "errcode": 45009, "times": 2}, {"path": SEND, "errcode": -1}])
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    codes = [caller.subscribe("lin-xiao")["errcode"] for _ in range(4)]
    assert codes == [45009, 45009, -1, 0]
    assert sandbox.settings()["fail_next"] == []


def test_latency_is_added_to_the_platforms_answers(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.settings(latency_ms=300)
    begun = time.monotonic()
    caller.token()
    assert time.monotonic() - begun >= 0.3
    begun = time.monotonic()
    sandbox.people()
    assert time.monotonic() - begun < 0.3


def test_reset_forgets_what_happened(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.add_person("ma-li", "马丽")
    sandbox.behave("wang-jie", refuses=False)
    sandbox.settings(latency_ms=5)
    sandbox.consent("lin-xiao", {INVITATION: "accept"})
    token = caller.token()
    caller.subscribe("lin-xiao", token=token)
    sandbox.reset()
    assert sandbox.accepted() == []
    assert sandbox.inbox("lin-xiao") == []
    assert sandbox.person("wang-jie")["behaviour"] == {"refuses": True}
    assert sandbox.get("/sandbox/people/ma-li").status_code == 404
    assert sandbox.settings()["latency_ms"] == 0
    assert caller.subscribe("lin-xiao", token=token)["errcode"] == 40001


def test_consent_is_only_for_the_mini_programs_templates(sandbox: Sandbox) -> None:
    answer = sandbox.post("/sandbox/people/lin-xiao/consents", {"choices": {"unknown": "accept"}})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("requestSubscribeMessage:fail")
