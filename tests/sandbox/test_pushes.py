"""Events: what they hold, how they are wrapped, when and how often they come."""

import time

import pytest

from tests.fixtures_sandbox import CANCELLATION, INVITATION, Sandbox
from tests.sandbox.conftest import Caller
from tests.sandbox.receiver import KEYS, Receiver

SENT = "subscribe_msg_sent_event"
POPUP = "subscribe_msg_popup_event"
ACCEPT = {INVITATION: "accept"}


def test_a_consent_is_pushed_with_every_choice(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.consent("lin-xiao", {INVITATION: "accept", CANCELLATION: "reject"})
    [event] = receiver.wait_for(POPUP)
    assert event["FromUserName"] == sandbox.person("lin-xiao")["mp_openid"]
    assert event["ToUserName"] == "gh_a1d0c0ffee01"
    assert event["CreateTime"].isdigit()
    assert event["List"] == [
        {"TemplateId": INVITATION, "SubscribeStatusString": "accept", "PopupScene": "0"},
        {"TemplateId": CANCELLATION, "SubscribeStatusString": "reject", "PopupScene": "0"},
    ]


def test_a_sent_message_is_pushed_as_one_object(sandbox: Sandbox, receiver: Receiver, caller: Caller) -> None:
    sandbox.consent("lin-xiao", ACCEPT)
    msgid = caller.subscribe("lin-xiao")["msgid"]
    [event] = receiver.wait_for(SENT)
    assert event["List"] == {
        "TemplateId": INVITATION,
        "MsgID": str(msgid),
        "ErrorCode": "0",
        "ErrorStatus": "success",
    }


def test_who_blocks_is_accepted_and_then_reported(
    sandbox: Sandbox, receiver: Receiver, caller: Caller
) -> None:
    sandbox.consent("zhao-lei", ACCEPT)
    assert caller.subscribe("zhao-lei")["errcode"] == 0
    [event] = receiver.wait_for(SENT)
    assert event["List"]["ErrorCode"] != "0"
    assert event["List"]["ErrorStatus"] == "failed:user block"
    assert sandbox.inbox("zhao-lei") == []


def test_the_request_is_signed_and_encrypted_like_wechats(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.consent("lin-xiao", ACCEPT)
    receiver.wait_for(POPUP)
    [push] = receiver.pushes
    assert push.path == "/webhooks/wechat/miniprogram"
    expected = {"signature", "timestamp", "nonce", "openid", "encrypt_type", "msg_signature"}
    assert set(push.query) == expected
    assert push.query["signature"] != push.query["msg_signature"]
    assert INVITATION.encode() not in push.raw


def test_plain_mode_sends_the_event_as_it_is(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.settings(push_mode="plain")
    sandbox.consent("lin-xiao", ACCEPT)
    receiver.wait_for(POPUP)
    [push] = receiver.pushes
    assert set(push.query) == {"signature", "timestamp", "nonce", "openid"}
    assert INVITATION.encode() in push.raw


def test_the_mini_program_may_push_xml(sandbox: Sandbox, receiver: Receiver, caller: Caller) -> None:
    sandbox.settings(push_format={"miniprogram": "xml"})
    sandbox.consent("lin-xiao", {INVITATION: "accept", CANCELLATION: "accept"})
    [popup] = receiver.wait_for(POPUP)
    choices = popup["SubscribeMsgPopupEvent"]["List"]
    assert [one["TemplateId"] for one in choices] == [INVITATION, CANCELLATION]
    caller.subscribe("lin-xiao")
    [sent] = receiver.wait_for(SENT)
    assert sent["SubscribeMsgSentEvent"]["List"]["ErrorStatus"] == "success"


def test_a_template_message_reports_its_end_in_xml(
    sandbox: Sandbox, receiver: Receiver, caller: Caller
) -> None:
    sandbox.follow("li-min")
    [followed] = receiver.wait_for("subscribe")
    assert followed.get("EventKey") is None
    msgid = caller.template("li-min")["msgid"]
    [event] = receiver.wait_for("TEMPLATESENDJOBFINISH")
    assert (event["MsgID"], event["Status"]) == (str(msgid), "success")
    sandbox.behave("li-min", blocks=True)
    caller.template("li-min")
    assert receiver.wait_for("TEMPLATESENDJOBFINISH", 2)[1]["Status"] == "failed:user block"
    assert receiver.pushes[-1].path == "/webhooks/wechat/official-account"
    assert receiver.pushes[-1].content_type.startswith("text/xml")


def test_leaving_the_account_is_pushed(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.follow("li-min")
    sandbox.follow("li-min", follows=False)
    [event] = receiver.wait_for("unsubscribe")
    assert event["FromUserName"] == sandbox.person("li-min")["oa_openid"]


def test_only_refusals_in_the_settings_are_pushed(sandbox: Sandbox, receiver: Receiver) -> None:
    path = "/sandbox/people/lin-xiao/message-settings"
    sandbox.post(path, {"choices": {INVITATION: "accept"}})
    sandbox.post(path, {"choices": {CANCELLATION: "reject"}})
    [event] = receiver.wait_for("subscribe_msg_change_event")
    assert event["List"] == {"TemplateId": CANCELLATION, "SubscribeStatusString": "reject"}


def test_events_may_come_twice(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.behave("lin-xiao", duplicates_events=True)
    sandbox.consent("lin-xiao", ACCEPT)
    first, second = receiver.wait_for(POPUP, 2)
    assert first == second
    assert receiver.pushes[0].raw != receiver.pushes[1].raw


def test_an_event_may_overtake_the_answer(sandbox: Sandbox, receiver: Receiver, caller: Caller) -> None:
    sandbox.settings(event_delay_seconds=30)
    sandbox.behave("lin-xiao", events_before_answer=True)
    sandbox.consent("lin-xiao", ACCEPT)
    caller.subscribe("lin-xiao")
    assert len(receiver.events(SENT)) == 1


def test_some_people_cause_no_events(sandbox: Sandbox, receiver: Receiver, caller: Caller) -> None:
    sandbox.behave("lin-xiao", no_events=True)
    sandbox.consent("lin-xiao", ACCEPT)
    sandbox.consent("xu-ran", ACCEPT)
    caller.subscribe("lin-xiao")
    caller.subscribe("xu-ran")
    receiver.wait_for(SENT)
    time.sleep(0.2)
    openids = {push.event["FromUserName"] for push in receiver.pushes}
    assert openids == {sandbox.person("xu-ran")["mp_openid"]}


def test_events_wait_as_long_as_set(sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.settings(event_delay_seconds=0.4)
    begun = time.monotonic()
    sandbox.consent("lin-xiao", ACCEPT)
    receiver.wait_for(POPUP)
    assert receiver.pushes[0].at - begun >= 0.4


@pytest.mark.parametrize(("answers", "posts"), [([500], 2), ([500, 503, 404], 4), ([500] * 4, 4)])
def test_an_event_not_taken_comes_up_to_three_times_more(
    sandbox: Sandbox, receiver: Receiver, answers: list[int], posts: int
) -> None:
    receiver.answers = list(answers)
    sandbox.consent("lin-xiao", ACCEPT)
    receiver.wait_for(POPUP, posts)
    time.sleep(0.3)
    assert len(receiver.pushes) == posts
    assert len({push.raw for push in receiver.pushes}) == posts, "every retry is encrypted anew"
    assert all(push.event == receiver.pushes[0].event for push in receiver.pushes)


@pytest.mark.parametrize("account", ["miniprogram", "official"])
def test_the_push_address_can_be_checked(sandbox: Sandbox, receiver: Receiver, account: str) -> None:
    assert len(KEYS) == 2
    assert sandbox.post("/sandbox/push-check", {"account": account}).json() == {"ok": True}
