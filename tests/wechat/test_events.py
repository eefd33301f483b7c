"""What the published events say, in either notation and in the spellings seen in practice."""

import json

import pytest

from server.wechat.accounts import MiniProgramAccount
from server.wechat.callbacks import Push, read_push
from server.wechat.events import (
    Choice,
    Scan,
    SentResult,
    TemplateJob,
    change_choices,
    popup_choices,
    revoked_openid,
    scan,
    sent_results,
    template_job,
    unfollowed_openid,
)
from tests.wechat.pushes import event, plain_query
from tests.wechat.samples import SAMPLES, text

ACCOUNT = MiniProgramAccount("wxa0000000000000001", "secret", "pushtoken", "", push_mode="plain")
RESULT = {"TemplateId": "T", "MsgID": "1864323726461255680", "ErrorCode": "0", "ErrorStatus": "success"}
EXPECTED = SentResult("T", "1864323726461255680", True, "0", "success")


def push(body: str) -> Push:
    return read_push(ACCOUNT, plain_query(ACCOUNT), body.encode())


def published(path: str) -> Push:
    return push(text(path))


def everything(read: Push) -> list[object]:
    found: list[object] = [*sent_results(read), *popup_choices(read), *change_choices(read)]
    singles = (template_job(read), scan(read), revoked_openid(read), unfollowed_openid(read))
    return found + [single for single in singles if single is not None]


PUBLISHED = {
    "events-miniprogram/customer_text_message.official.json": [],
    "events-miniprogram/customer_text_message.official.xml": [],
    "events-miniprogram/notify_service_msg_send_result.official.json": [],
    "events-miniprogram/subscribe_msg_change_event.official-fixed.json": [
        Choice("BEwX0BOT3MqK3Uc5oTU3CGBqzjpndk2jzUf7VfExd8", False, "reject")
    ],
    "events-miniprogram/subscribe_msg_change_event.official.xml": [
        Choice("VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc", False, "reject")
    ],
    "events-miniprogram/subscribe_msg_popup_event.official-fixed.json": [
        Choice("hD-ixGOhYmUfjOnI8MCzQMPshzGVeux_2vzyvQu7O68", True, "accept")
    ],
    "events-miniprogram/subscribe_msg_popup_event.official.xml": [
        Choice("VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc", True, "accept"),
        Choice("9nLIlbOQZC5Y89AZteFEux3WCXRRRG5Wfzkpssu4bLI", False, "reject"),
    ],
    "events-miniprogram/subscribe_msg_sent_event.official-fixed.json": [
        SentResult("BEwX0BO-T3MqK3Uc5oTU3CGBqzjpndk2jzUf7VfExd8", "1864323726461255680", True, "0", "success")
    ],
    "events-miniprogram/subscribe_msg_sent_event.official.xml": [
        SentResult("VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc", "1700827132819554304", True, "0", "success")
    ],
    "events-miniprogram/user_authorization_revoke.official.json": ["oaKk343WOktAaT2ygsX138BGblrg"],
    "events-officialaccount/SCAN.xml": [Scan("SCENE_VALUE", follows_now=False)],
    "events-officialaccount/TEMPLATESENDJOBFINISH.failed-user-block.xml": [
        TemplateJob("200163836", False, "failed:user block", "blocked")
    ],
    "events-officialaccount/TEMPLATESENDJOBFINISH.success.xml": [
        TemplateJob("200163836", True, "success", "")
    ],
    "events-officialaccount/subscribe.qrscene.xml": [Scan("123123", follows_now=True)],
    "events-officialaccount/subscribe.xml": [],
    "events-officialaccount/unsubscribe.xml": ["FromUser"],
}


def test_every_published_event_is_covered_here():
    assert {str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("events-*/*")} == set(PUBLISHED)


@pytest.mark.parametrize("path", PUBLISHED)
def test_a_published_event_says_what_it_says_and_no_more(path: str):
    assert everything(published(path)) == PUBLISHED[path]


@pytest.mark.parametrize(
    "more",
    [
        {"List": RESULT},
        {"List": [RESULT]},
        {"List": {"item": RESULT}},
        {"List": {"item": [RESULT]}},
        {"List": [{"item": RESULT}]},
        {"SubscribeMsgSentEvent": {"List": RESULT}},
        {"SubscribeMsgSentEvent": {"List": [RESULT]}},
        {"SubscribeMsgSentEvent": [{"List": RESULT}]},
        {"SubscribeMsgSentEvent": RESULT},
        {"List": {**RESULT, "MsgID": 1864323726461255680, "ErrorCode": 0}},
        {"List": {"TemplateID": "T", "msgid": RESULT["MsgID"], "errorcode": 0, "errorstatus": "success"}},
    ],
    ids=str,
)
def test_a_result_is_found_in_every_shape(more: dict[str, object]):
    assert sent_results(push(event("subscribe_msg_sent_event", **more))) == [EXPECTED]


@pytest.mark.parametrize("notation", ["List", "SubscribeMsgSentEvent><List"])
def test_a_result_is_found_in_every_shape_of_xml(notation: str):
    closing = "></".join(reversed(notation.split("><")))
    fields = "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in RESULT.items())
    for item in (fields, f"<item>{fields}</item>"):
        body = f"<{notation}>{item}</{closing}>"
        head = "<MsgType>event</MsgType><Event>subscribe_msg_sent_event</Event>"
        assert sent_results(push(f"<xml>{head}{body}</xml>")) == [EXPECTED]


def test_two_results_are_two():
    found = sent_results(
        push(event("subscribe_msg_sent_event", List=[RESULT, {**RESULT, "TemplateId": "U"}]))
    )
    assert [result.template_id for result in found] == ["T", "U"]


@pytest.mark.parametrize("code", ["-1", -1, "20001", 7])
def test_any_other_code_is_a_failure(code: object):
    [result] = sent_results(push(event("subscribe_msg_sent_event", List={**RESULT, "ErrorCode": code})))
    assert (result.ok, result.code) == (False, str(code))


def test_without_a_code_the_status_tells():
    for status, ok in (("success", True), ("SUCCESS", True), ("system failed", False), ("", False)):
        item = {"TemplateId": "T", "ErrorStatus": status}
        [result] = sent_results(push(event("subscribe_msg_sent_event", List=item)))
        assert (result.ok, result.msgid) == (ok, None)


@pytest.mark.parametrize(
    ("status", "ok", "reason"),
    [
        ("success", True, ""),
        (" Success ", True, ""),
        ("failed:user block", False, "blocked"),
        ("failed: user block", False, "blocked"),
        ("Failed:User Block", False, "blocked"),
        ("failed: system failed", False, "failed"),
        ("failed:system failed", False, "failed"),
        ("", False, "failed"),
    ],
)
def test_the_status_of_a_template_message_is_read_liberally(status: str, ok: bool, reason: str):
    job = template_job(push(event("TemplateSendJobFinish", MsgId=200163836, Status=status)))
    assert job == TemplateJob("200163836", ok, status.strip(), reason)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["accept", "acceptWithAlert", "acceptWithAudio"])
def test_every_kind_of_accept_is_a_consent(word: str):
    item = {"TemplateId": "T", "SubscribeStatusString": word, "PopupScene": 0}
    assert popup_choices(push(event("subscribe_msg_popup_event", List=item))) == [Choice("T", True, word)]


@pytest.mark.parametrize("word", ["reject", "ban", "filter", ""])
def test_nothing_else_is_a_consent(word: str):
    item = {"TemplateId": "T", "SubscribeStatusString": word}
    assert popup_choices(push(event("subscribe_msg_popup_event", List=item))) == [Choice("T", False, word)]


def test_a_closed_wechat_account_is_named_as_well():
    assert revoked_openid(push(event("user_authorization_cancellation", OpenID="THEM"))) == "THEM"
    assert revoked_openid(push(event("user_authorization_revoke"))) is None


@pytest.mark.parametrize(
    ("name", "key"), [("subscribe", "last_trade_no_1"), ("subscribe", "qrscene_"), ("SCAN", "")]
)
def test_a_follow_without_a_scene_is_no_scan(name: str, key: str):
    assert scan(push(event(name, EventKey=key))) is None


def test_a_scene_is_a_secret_and_is_not_printed():
    found = scan(push(event("SCAN", EventKey="one-time-scene")))
    assert found == Scan("one-time-scene", follows_now=False)
    assert "one-time-scene" not in repr(found)


def test_the_text_is_kept_as_it_came():
    body = text("events-miniprogram/subscribe_msg_sent_event.official-fixed.json")
    assert push(body).text == body
    assert json.loads(push(body).text) == json.loads(body)
