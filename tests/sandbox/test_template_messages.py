"""模板消息 to recruiters."""

from typing import Any

import pytest
import requests

from tests.fixtures_sandbox import INVITATION, MINIPROGRAM, Sandbox
from tests.sandbox.conftest import ALERT_DATA, Caller


@pytest.fixture
def follower(sandbox: Sandbox) -> str:
    sandbox.follow("li-min")
    return "li-min"


def test_a_follower_gets_the_card(sandbox: Sandbox, caller: Caller, follower: str) -> None:
    taken = caller.template(follower)
    assert taken["errcode"] == 0
    assert isinstance(taken["msgid"], int)
    [card] = sandbox.inbox(follower)
    assert card["account"] == "official"
    assert (card["page"], card["miniprogram"]) == (None, None)
    assert card["url"] == "http://127.0.0.1:8600/m/cancellations/7"


def test_who_does_not_follow_cannot_be_reached(caller: Caller) -> None:
    assert caller.template("li-min")["errcode"] == 43004


def test_the_same_client_msg_id_is_sent_once_and_answered_alike(
    sandbox: Sandbox, caller: Caller, follower: str
) -> None:
    first = caller.template(follower, client_msg_id="delivery-7")
    assert caller.template(follower, client_msg_id="delivery-7") == first
    assert caller.template(follower, client_msg_id="delivery-8")["msgid"] != first["msgid"]
    assert len(sandbox.inbox(follower)) == 2
    assert [one["client_msg_id"] for one in sandbox.accepted()] == ["delivery-7", "delivery-8"]


def test_client_msg_ids_are_counted_per_person(sandbox: Sandbox, caller: Caller, follower: str) -> None:
    sandbox.follow("wu-tong")
    caller.template(follower, client_msg_id="delivery-7")
    caller.template("wu-tong", client_msg_id="delivery-7")
    assert len(sandbox.accepted()) == 2


def test_a_retry_after_a_lost_answer_delivers_no_second_card(
    sandbox: Sandbox, caller: Caller, follower: str
) -> None:
    sandbox.behave(follower, loses_answer=True)
    with pytest.raises(requests.ConnectionError):
        caller.template(follower, client_msg_id="delivery-7")
    retried = caller.template(follower, client_msg_id="delivery-7")
    assert str(retried["msgid"]) == sandbox.accepted()[0]["msgid"]
    assert len(sandbox.inbox(follower)) == 1


def test_a_linked_mini_program_opens_and_another_is_refused(
    sandbox: Sandbox, caller: Caller, follower: str
) -> None:
    linked = {"appid": MINIPROGRAM, "pagepath": "pages/home/index?x=y"}
    assert caller.template(follower, miniprogram=linked)["errcode"] == 0
    [card] = sandbox.inbox(follower)
    assert (card["miniprogram"], card["page"]) == (linked, "pages/home/index?x=y")
    answer = caller.template(follower, miniprogram=linked | {"appid": "wx0000000000000000"})
    assert answer["errcode"] == 40013
    assert answer["errmsg"].startswith("invalid appid rid: ")


def test_long_texts_are_cut_in_silence(sandbox: Sandbox, caller: Caller, follower: str) -> None:
    long = {"thing4": {"value": "一二三四五六七八九十\n一二三四五六七八九十😀再多一点"}}
    assert caller.template(follower, data=ALERT_DATA | long)["errcode"] == 0
    [card] = sandbox.inbox(follower)
    assert card["fields"][3]["value"] == "一二三四五六七八九十一二三四五六七八九十"


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"touser": "oNobodyHasThisOpenid00000000"}, 40003),
        ({"template_id": INVITATION}, 40037),
        ({"template_id": "nonsense"}, 40037),
        ({"data": ALERT_DATA | {"thing1": {"value": ""}}}, 47003),
        ({"data": ALERT_DATA | {"time3": {"value": "明天下午"}}}, 47003),
    ],
)
def test_a_wrong_part_has_its_own_code(
    caller: Caller, follower: str, changes: dict[str, Any], errcode: int
) -> None:
    assert caller.template(follower, **changes)["errcode"] == errcode


def test_an_openid_of_the_mini_program_is_invalid_here(
    sandbox: Sandbox, caller: Caller, follower: str
) -> None:
    openid = sandbox.person(follower)["mp_openid"]
    assert caller.template(follower, touser=openid)["errcode"] == 40003


def test_the_mini_programs_token_is_not_authorised(caller: Caller, follower: str) -> None:
    assert caller.template(follower, token=caller.token())["errcode"] == 48001
