"""The `wx` interfaces: when they may be called, and what they answer."""

import pytest

from tests.fixtures_sandbox import CANCELLATION, INVITATION, Sandbox
from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser
NO_TAP = "requestSubscribeMessage:fail can only be invoked by user TAP gesture."


@pytest.fixture
def shim(phone: PhoneDriver) -> PhoneDriver:
    return phone.open("pages/shim/index", "from=card", scene=1014)


@pytest.mark.parametrize("way", ["askNow", "askAfterRequest", "askAfterPromise"])
def test_the_tap_is_handed_on_by_requests_and_promises(shim: PhoneDriver, way: str) -> None:
    shim.tap(f".{way}")
    shim.tap_text("允许")
    assert shim.answer("ok") == {
        "errMsg": "requestSubscribeMessage:ok",
        INVITATION: "accept",
        CANCELLATION: "accept",
    }


def test_a_modals_answer_is_a_tap_of_its_own(shim: PhoneDriver) -> None:
    shim.tap(".askAfterModal")
    shim.tap_text("确定")
    shim.tap_text("允许")
    assert shim.answer("ok")["errMsg"] == "requestSubscribeMessage:ok"


@pytest.mark.parametrize("way", ["askAfterTimer", "askAfterPause", "askAfterLogin"])
def test_the_tap_is_lost_in_a_timer_and_in_a_native_answer(shim: PhoneDriver, way: str) -> None:
    shim.tap(f".{way}")
    assert shim.answer("fail") == {"errMsg": NO_TAP}


def test_each_message_is_a_choice_and_cancelling_refuses_all(
    shim: PhoneDriver, phone_sandbox: Sandbox
) -> None:
    shim.tap(".askNow")
    shim.page.get_by_role("checkbox", name="面试取消通知").uncheck(force=True)
    shim.tap_text("允许")
    assert shim.answer("ok")[INVITATION] == "accept"
    assert shim.answer("ok")[CANCELLATION] == "reject"
    shim.open("pages/shim/index")
    shim.tap(".askOne")
    shim.tap_text("取消")
    assert shim.answer("ok") == {"errMsg": "requestSubscribeMessage:ok", INVITATION: "reject"}


def test_a_kept_choice_asks_no_more(shim: PhoneDriver) -> None:
    shim.tap(".askOne")
    shim.tap_text("总是保持以上选择，不再询问")
    shim.tap_text("允许")
    shim.answer("ok")
    shim.open("pages/shim/index")
    shim.tap(".askOne")
    assert shim.answer("ok")[INVITATION] == "accept"
    shim.tap(".setting")
    assert shim.answer("setting")["subscriptionsSetting"]["itemSettings"] == {INVITATION: "accept"}


def test_an_unknown_template_is_refused_with_wechats_code(shim: PhoneDriver) -> None:
    shim.tap(".askUnknown")
    assert shim.answer("fail")["errCode"] == 20001


def test_requests_reach_the_backend_as_wechat_sends_them(shim: PhoneDriver) -> None:
    shim.tap(".get")
    got = shim.answer("get")
    assert (got["statusCode"], got["errMsg"], got["cookies"]) == (200, "request:ok", [])
    assert got["data"]["path"] == "/echo?a=1&b=%E4%BA%8C&c=%5B3%5D"
    assert got["data"]["headers"]["x-own"] == "yes"
    assert got["data"]["headers"]["referer"].startswith("https://servicewechat.com/wxa1d0c0ffee000001/")
    shim.tap(".post")
    assert shim.answer("post")["data"]["body"] == '{"name":"陈"}'
    shim.tap(".formPost")
    assert shim.answer("form")["data"]["body"] == "a=1&b=%E4%BA%8C"


def test_every_status_is_a_success_and_silence_is_a_failure(shim: PhoneDriver) -> None:
    shim.tap(".teapot")
    assert shim.answer("teapot")["statusCode"] == 418
    shim.tap(".elsewhere")
    assert shim.answer("elsewhere")["errMsg"] == "request:fail url not in domain list"
    assert shim.answer("complete")["errno"] == 600002
    shim.tap(".slow")
    assert shim.answer("slow")["errMsg"] == "request:fail timeout"
    shim.tap(".abort")
    assert shim.answer("abort")["errMsg"] == "request:fail abort"


def test_dialogs_say_what_was_chosen(shim: PhoneDriver) -> None:
    shim.tap(".confirm")
    shim.tap_text("取消面试")
    assert shim.answer("modal") == {
        "errMsg": "showModal:ok",
        "confirm": True,
        "cancel": False,
        "content": None,
    }
    shim.tap(".write")
    shim.page.get_by_placeholder("几句话").fill("我有事")
    shim.tap_text("确定")
    assert shim.answer("write")["content"] == "我有事"
    shim.tap(".sheet")
    shim.tap_text("乙")
    assert shim.answer("sheet")["tapIndex"] == 1
    shim.tap(".sheet")
    shim.tap_text("取消")
    assert shim.answer("fail") == {"errMsg": "showActionSheet:fail cancel"}


def test_toast_and_loading_come_and_go(shim: PhoneDriver) -> None:
    shim.tap(".toast")
    toast = shim.page.get_by_role("status").get_by_text("已提交")
    toast.wait_for()
    toast.wait_for(state="hidden")
    shim.tap(".loading")
    shim.page.get_by_text("加载中").wait_for()
    shim.page.get_by_text("加载中").wait_for(state="hidden")


def test_calls_and_the_clipboard_are_visible(shim: PhoneDriver) -> None:
    shim.tap(".call")
    shim.tap_text("呼叫 021-5555-0132")
    assert shim.answer("call")["errMsg"] == "makePhoneCall:ok"
    shim.tap(".copy")
    shim.page.get_by_text("内容已复制").wait_for()
    assert shim.answer("copy")["data"] == "QX-7K3M"


def test_sign_in_gives_a_code_the_platform_takes_once(shim: PhoneDriver, phone_sandbox: Sandbox) -> None:
    shim.tap(".login")
    query = {"appid": "wxa1d0c0ffee000001", "secret": "sandbox-miniprogram-secret"}
    query |= {"js_code": shim.answer("login")["code"], "grant_type": "authorization_code"}
    openid = phone_sandbox.person("chen-siyuan")["mp_openid"]
    assert phone_sandbox.get("/sns/jscode2session", **query).json()["openid"] == openid
    assert phone_sandbox.get("/sns/jscode2session", **query).json()["errcode"] in {40029, 40163}


def test_storage_copies_and_a_missing_key_is_empty(shim: PhoneDriver) -> None:
    shim.tap(".store")
    assert shim.answer("store") == [{"list": [1]}, ""]
    assert shim.answer("nothing")["errMsg"] == "getStorage:fail data not found"


def test_where_it_was_opened_from_and_what_it_runs_on(shim: PhoneDriver) -> None:
    shim.tap(".options")
    launch, enter = shim.answer("options")
    assert (launch["path"], launch["query"], launch["scene"]) == ("pages/shim/index", {"from": "card"}, 1014)
    assert enter["scene"] == 1014
    shim.tap(".system")
    window, account, can = shim.answer("system")
    assert (window["windowWidth"], window["windowHeight"], can) == (390, 800, True)
    assert account["miniProgram"]["envVersion"] == "develop"


def test_the_browsers_names_are_hidden_from_mini_program_files(shim: PhoneDriver) -> None:
    shim.tap(".names")
    assert shim.answer("names") == ["undefined"] * 5 + [False, "green"]


def test_promise_forms_are_wechats(shim: PhoneDriver) -> None:
    shim.tap(".promiseForms")
    assert shim.answer("forms") == [True, "function", True, "undefined"]
    shim.tap(".askInPromise")
    shim.tap_text("允许")
    assert shim.answer("ok")[INVITATION] == "accept"


def test_an_interface_that_is_not_built_is_recorded_by_name(shim: PhoneDriver) -> None:
    assert shim.missing == []
    shim.tap(".missing")
    assert shim.missing == ["wx.scanCode"]
    assert shim.errors == []
