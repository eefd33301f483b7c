"""Every published answer of WeChat leads to the right value or the right outcome."""

from collections.abc import Callable
from typing import Any

import pytest

from server.wechat.answers import LoginResult, OfficialUser, QrTicket, SendAnswer, Template
from server.wechat.client import MiniProgramClient, OfficialAccountClient
from server.wechat.error_codes import ERROR_CODES, LOGIN_BLOCKED, LOGIN_CODE_SPENT, Outcome
from server.wechat.errors import AnswerLost, NotSent, WeChatError, errcode_of, refusal
from tests.wechat.loopback_wechat import TOKEN_PATH, Answer, LoopbackWeChat, as_json
from tests.wechat.samples import SAMPLES, sample

OPENID = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"
PATHS = {
    "jscode2session": "/sns/jscode2session",
    "subscribe_send": "/cgi-bin/message/subscribe/send",
    "template_send": "/cgi-bin/message/template/send",
    "getwxacodeunlimit": "/wxa/getwxacodeunlimit",
    "qrcode_create": "/cgi-bin/qrcode/create",
    "user_info": "/cgi-bin/user/info",
    "token": TOKEN_PATH,
    "stable_token": TOKEN_PATH,
    "api": "/wxaapi/newtmpl/gettemplate",
}
GOOD: dict[str, Any] = {
    "jscode2session.ok-official": LoginResult("xxxxxx", "xxxxx"),
    "jscode2session.ok-wechatpy-fixture": LoginResult(
        "o16wA0b4AZKzgVJR3MBwoUdTfU_E", "or4zX05h_Ykt4ju0TUfx3CQsvfTo"
    ),
    "subscribe_send.ok-documented": SendAnswer(None),
    "subscribe_send.ok-with-msgid": SendAnswer("3248682510344192008"),
    "template_send.ok-official": SendAnswer("200228332"),
    "qrcode_create.ok-wechatpy-fixture": QrTicket(
        "gQH47joAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL2taZ2Z3TVRtNzJXV1Brb3ZhYmJJAAIEZ23sUwMEmm3sUw==",
        "https://weixin.qq.com/q/kZgfwMTm72WWPkovabbI",
        1800,
    ),
    "user_info.not-following": OfficialUser(
        False, "otvxTs_JZ6SEiP0imdhpi50fuSZg", "oR5GjjjrbqBZbrnPwwmSxFukE41U"
    ),
    "user_info.ok-legacy-wechatpy-fixture": OfficialUser(True, OPENID, " o6_bmasdasdsad6_2sgVt7hMZOPfL"),
    "token.ok": SendAnswer(None),
    "stable_token.still-valid": SendAnswer(None),
}
REFUSALS = {
    "api.40014-invalid-token": Outcome.TOKEN,
    "getwxacodeunlimit.40097": Outcome.FINAL,
    "getwxacodeunlimit.41030-shape": Outcome.CONFIG,
    "jscode2session.40029-invalid-code": Outcome.FINAL,
    "jscode2session.40163-code-used": Outcome.FINAL,
    "jscode2session.40226-blocked": Outcome.REFUSED,
    "subscribe_send.43101-not-subscribed": Outcome.REFUSED,
    "subscribe_send.47003-field-empty": Outcome.FINAL,
    "subscribe_send.47003-field-invalid": Outcome.FINAL,
    "template_send.40003-invalid-openid": Outcome.FINAL,
    "template_send.40013-miniprogram-not-linked": Outcome.CONFIG,
    "template_send.40037-invalid-template": Outcome.CONFIG,
    "token.40001-bad-secret": Outcome.CONFIG,
    "token.40125-invalid-appsecret": Outcome.CONFIG,
    "token.40164-ip-not-in-whitelist": Outcome.CONFIG,
}
# Calls the gateway does not make (links, phone numbers, text checks, WeCom); their answers read the same.
NOT_CALLED = {
    "checksession.87009": Outcome.FINAL,
    "generate_urllink.ok-official": None,
    "generatescheme.ok-shape": None,
    "getuserphonenumber.ok-official": None,
    "msg_sec_check.61010": Outcome.FINAL,
    "msg_sec_check.pass-shape": None,
    "msg_sec_check.risky-official": None,
    "wecom_message_send.ok-shape": None,
}
Calls = dict[str, Callable[[], Any]]


@pytest.fixture
def calls(miniprogram: MiniProgramClient, official: OfficialAccountClient) -> Calls:
    def subscribe() -> SendAnswer:
        return miniprogram.send_subscribe_message(OPENID, "TEMPLATE", {"thing1": "工程师"})

    return {
        "jscode2session": lambda: miniprogram.code_to_session("CODE"),
        "subscribe_send": subscribe,
        "template_send": lambda: official.send_template_message(OPENID, "TEMPLATE", {"thing1": "工程师"}),
        "getwxacodeunlimit": lambda: miniprogram.get_unlimited_code("a", "pages/index/index"),
        "qrcode_create": lambda: official.create_qrcode("scene", 300),
        "user_info": lambda: official.get_user(OPENID),
        "token": subscribe,
        "stable_token": subscribe,
        "api": miniprogram.list_templates,
    }


def test_every_published_answer_is_covered_here():
    published = {path.stem for path in (SAMPLES / "responses").iterdir()}
    assert published == {*GOOD, *REFUSALS, *NOT_CALLED}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_answer_becomes_a_value(name: str, wechat: LoopbackWeChat, calls: Calls):
    call = name.split(".")[0]
    wechat.answers[PATHS[call]] = as_json(sample(f"responses/{name}.json"))
    assert calls[call]() == GOOD[name]


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_has_its_outcome(name: str, wechat: LoopbackWeChat, calls: Calls):
    call = name.split(".")[0]
    answer = sample(f"responses/{name}.json")
    wechat.answers[PATHS[call]] = as_json(answer)
    with pytest.raises(WeChatError) as caught:
        calls[call]()
    assert (caught.value.outcome, caught.value.code) == (REFUSALS[name], answer["errcode"])
    assert "rid" not in caught.value.errmsg
    assert bool(caught.value.rid) == ("rid" in answer["errmsg"])


@pytest.mark.parametrize("name", NOT_CALLED)
def test_the_answers_of_other_calls_are_told_apart(name: str):
    answer = sample(f"responses/{name}.json")
    assert (refusal(answer).outcome if errcode_of(answer) else None) == NOT_CALLED[name]


def test_a_field_that_wechat_refuses_is_named_to_the_engineer(wechat: LoopbackWeChat, calls: Calls):
    answer = sample("responses/subscribe_send.47003-field-empty.json")
    wechat.answers[PATHS["subscribe_send"]] = as_json(answer)
    with pytest.raises(WeChatError, match=r"data\.thing1\.value is empty") as caught:
        calls["subscribe_send"]()
    assert caught.value.rid == "64e41852-5c2e1227-2885cbfa"


def test_an_unknown_code_is_final_and_speaks_in_the_words_of_wechat():
    error = refusal({"errcode": 98765, "errmsg": "something new rid: 64e41852-5c2e1227-2885cbfa"})
    assert (error.outcome, error.words) == (Outcome.FINAL, "something new")
    assert refusal({"errcode": 98765}).words == "微信返回了错误 98765。"


@pytest.mark.parametrize("errmsg", [None, 7, "", "x" * 5000, "rid: 64e4", "cut off rid: 64e41852-5c2e"])
def test_any_errmsg_can_be_read(errmsg: object):
    error = refusal({"errcode": 45009, "errmsg": errmsg})
    assert error.outcome is Outcome.PAUSE
    assert len(str(error)) < 400


def test_an_errcode_may_be_a_text(wechat: LoopbackWeChat, calls: Calls):
    wechat.answers[PATHS["subscribe_send"]] = as_json({"errcode": "43101", "errmsg": ""})
    with pytest.raises(WeChatError) as caught:
        calls["subscribe_send"]()
    assert caught.value.outcome is Outcome.REFUSED


@pytest.mark.parametrize("errcode", ["many", [], {}, None, 1e400])
def test_an_errcode_that_is_no_number_is_a_lost_answer(wechat: LoopbackWeChat, calls: Calls, errcode: object):
    wechat.answers[PATHS["subscribe_send"]] = as_json({"errcode": errcode})
    with pytest.raises(AnswerLost):
        calls["subscribe_send"]()


@pytest.mark.parametrize("call", ["jscode2session", "qrcode_create", "user_info", "getwxacodeunlimit"])
def test_an_answer_without_what_was_asked_for_is_a_lost_answer(
    call: str, wechat: LoopbackWeChat, calls: Calls
):
    wechat.answers[PATHS[call]] = as_json({"errcode": 0, "errmsg": "ok", "openid": 7, "ticket": None})
    with pytest.raises(AnswerLost):
        calls[call]()


def test_a_picture_where_text_was_asked_for_is_a_lost_answer(wechat: LoopbackWeChat, calls: Calls):
    wechat.answers[PATHS["subscribe_send"]] = Answer(b"\xff\xd8\xff", content_type="image/jpeg")
    with pytest.raises(AnswerLost):
        calls["subscribe_send"]()


def test_a_message_whose_token_never_came_was_not_sent(wechat: LoopbackWeChat, calls: Calls):
    wechat.answers[TOKEN_PATH] = Answer(b"<html>", status=502, content_type="text/html")
    with pytest.raises(NotSent):
        calls["subscribe_send"]()
    assert [asked.path for asked in wechat.asked] == [TOKEN_PATH]


def test_no_single_message_is_to_blame_when_no_token_is_given(wechat: LoopbackWeChat, calls: Calls):
    wechat.answers[TOKEN_PATH] = as_json({"errcode": 98765, "errmsg": "something new"})
    with pytest.raises(WeChatError) as caught:
        calls["subscribe_send"]()
    assert caught.value.outcome is Outcome.CONFIG


def test_templates_are_listed_with_their_fields(
    miniprogram: MiniProgramClient, official: OfficialAccountClient, wechat: LoopbackWeChat
):
    content = "面试岗位:{{thing1.DATA}}\n面试时间:{{ time2.DATA }}\n"
    listed = {"priTmplId": "id-1", "title": "面试邀请通知", "content": content, "type": 2}
    wechat.answers["/wxaapi/newtmpl/gettemplate"] = as_json({"errcode": 0, "data": [listed, "x"]})
    [template] = miniprogram.list_templates()
    assert (template, template.keys) == (Template("id-1", "面试邀请通知", content), ("thing1", "time2"))
    listed = {"template_id": "id-2", "title": "候选人取消面试提醒", "content": "{{thing1.DATA}}"}
    wechat.answers["/cgi-bin/template/get_all_private_template"] = as_json({"template_list": [listed]})
    assert official.list_templates() == [Template("id-2", "候选人取消面试提醒", "{{thing1.DATA}}")]
    wechat.answers["/wxaapi/newtmpl/gettemplate"] = as_json({"errcode": 0, "data": None})
    assert miniprogram.list_templates() == []


def test_the_table_of_codes_is_complete_and_speaks_chinese():
    for code, meaning in ERROR_CODES.items():
        assert meaning.words.endswith("。"), code
        assert (meaning.retry_after is not None) == (
            meaning.outcome in (Outcome.TOKEN, Outcome.RETRY, Outcome.PAUSE)
        ), code
        assert meaning.outcome is not Outcome.UNKNOWN
    assert ERROR_CODES.keys() >= LOGIN_CODE_SPENT | LOGIN_BLOCKED
    assert {code for code, meaning in ERROR_CODES.items() if meaning.outcome is Outcome.TOKEN} == {
        40001,
        40014,
        42001,
    }
