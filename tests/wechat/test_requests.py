"""What we send has the shape WeChat documents, field by field."""

from urllib.parse import parse_qs, urlsplit

import pytest

from server.wechat.client import MiniProgramClient, OfficialAccountClient
from tests.wechat.loopback_wechat import TOKEN_PATH, Answer, LoopbackWeChat, as_json
from tests.wechat.samples import SECRET, sample

JPEG = b"\xff\xd8\xff\xe0 a picture"


def values(data: dict[str, dict[str, str]]) -> dict[str, str]:
    return {key: field["value"] for key, field in data.items()}


def test_a_subscription_message_is_the_documented_object(
    miniprogram: MiniProgramClient, wechat: LoopbackWeChat
):
    documented = sample("requests/subscribe_send.official.json")
    miniprogram.send_subscribe_message(
        documented["touser"],
        documented["template_id"],
        values(documented["data"]),
        page=documented["page"],
        lang=documented["lang"],
        state=documented["miniprogram_state"],
    )
    [asked] = wechat.asked_for("/cgi-bin/message/subscribe/send")
    assert (asked.method, asked.json) == ("POST", documented)
    assert asked.query == {"access_token": wechat.token}


def test_a_card_without_a_page_opens_nothing_and_is_formal(
    miniprogram: MiniProgramClient, wechat: LoopbackWeChat
):
    miniprogram.send_subscribe_message("OPENID", "TEMPLATE_ID", {"thing1": "工程师"})
    [asked] = wechat.asked_for("/cgi-bin/message/subscribe/send")
    assert asked.json == {
        "touser": "OPENID",
        "template_id": "TEMPLATE_ID",
        "miniprogram_state": "formal",
        "lang": "zh_CN",
        "data": {"thing1": {"value": "工程师"}},
    }


def test_chinese_goes_out_as_utf8_and_not_escaped(miniprogram: MiniProgramClient, wechat: LoopbackWeChat):
    miniprogram.send_subscribe_message("OPENID", "TEMPLATE_ID", {"thing1": "后端工程师"})
    [asked] = wechat.asked_for("/cgi-bin/message/subscribe/send")
    assert "后端工程师".encode() in asked.raw


def test_a_template_message_is_the_documented_object(official: OfficialAccountClient, wechat: LoopbackWeChat):
    documented = sample("requests/template_send.official.json")
    official.send_template_message(
        documented["touser"],
        documented["template_id"],
        values(documented["data"]),
        url=documented["url"],
        miniprogram=documented["miniprogram"],
        client_msg_id=documented["client_msg_id"],
    )
    [asked] = wechat.asked_for("/cgi-bin/message/template/send")
    assert (asked.method, asked.json) == ("POST", documented)


def test_a_mini_program_code_is_asked_for_as_documented(
    miniprogram: MiniProgramClient, wechat: LoopbackWeChat
):
    wechat.answers["/wxa/getwxacodeunlimit"] = Answer(JPEG, content_type="image/jpeg")
    documented = sample("requests/getwxacodeunlimit.official.json")
    image = miniprogram.get_unlimited_code(
        documented["scene"],
        documented["page"],
        check_path=documented["check_path"],
        env_version=documented["env_version"],
    )
    [asked] = wechat.asked_for("/wxa/getwxacodeunlimit")
    assert image == JPEG
    assert asked.json == {**documented, "width": 430}


@pytest.mark.parametrize("scene", ["", "a" * 33, "面试", "a%20b", "a b", "a\n"])
def test_a_scene_that_wechat_would_refuse_is_not_sent(
    miniprogram: MiniProgramClient, wechat: LoopbackWeChat, scene: str
):
    with pytest.raises(ValueError, match="scene"):
        miniprogram.get_unlimited_code(scene, "pages/index/index")
    assert wechat.asked == []


def test_a_qr_code_is_asked_for_as_documented(official: OfficialAccountClient, wechat: LoopbackWeChat):
    wechat.answers["/cgi-bin/qrcode/create"] = as_json(
        sample("responses/qrcode_create.ok-wechatpy-fixture.json")
    )
    documented = sample("requests/qrcode_create.str-scene.json")
    official.create_qrcode(documented["action_info"]["scene"]["scene_str"], documented["expire_seconds"])
    [asked] = wechat.asked_for("/cgi-bin/qrcode/create")
    assert (asked.method, asked.json) == ("POST", documented)


@pytest.mark.parametrize(("scene", "seconds"), [("", 60), ("a" * 65, 60), ("a", 0), ("a", 2_592_001)])
def test_a_qr_code_outside_of_the_limits_is_not_asked_for(
    official: OfficialAccountClient, wechat: LoopbackWeChat, scene: str, seconds: int
):
    with pytest.raises(ValueError, match="QR code"):
        official.create_qrcode(scene, seconds)
    assert wechat.asked == []


def test_a_token_is_asked_for_in_the_stable_way(miniprogram: MiniProgramClient, wechat: LoopbackWeChat):
    miniprogram.list_templates()
    documented = sample("requests/stable_token.official.json")
    [asked] = wechat.asked_for(TOKEN_PATH)
    assert asked.json == {**documented, "appid": miniprogram.account.appid, "secret": SECRET}
    assert asked.query == {}


def test_signing_in_needs_no_access_token(miniprogram: MiniProgramClient, wechat: LoopbackWeChat):
    wechat.answers["/sns/jscode2session"] = as_json({"openid": "xxxxxx", "session_key": "xxxxx"})
    miniprogram.code_to_session("CODE")
    [asked] = wechat.asked
    assert asked.method == "GET"
    assert asked.query == {
        "appid": miniprogram.account.appid,
        "secret": SECRET,
        "js_code": "CODE",
        "grant_type": "authorization_code",
    }


def test_the_web_authorization_asks_for_the_openid_only(
    official: OfficialAccountClient, wechat: LoopbackWeChat
):
    wechat.answers["/sns/oauth2/access_token"] = as_json({"access_token": "web", "openid": "OPENID"})
    assert official.openid_from_oauth("CODE") == "OPENID"
    url = urlsplit(official.authorize_url("https://hr.example.com/a?b=c&d=中", "state1"))
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{wechat.url}/connect/oauth2/authorize"
    assert url.fragment == "wechat_redirect"
    assert parse_qs(url.query) == {
        "appid": [official.account.appid],
        "redirect_uri": ["https://hr.example.com/a?b=c&d=中"],
        "response_type": ["code"],
        "scope": ["snsapi_base"],
        "state": ["state1"],
    }
    assert [asked.query["code"] for asked in wechat.asked] == ["CODE"]


def test_the_image_of_a_qr_code_is_found_by_its_quoted_ticket(
    official: OfficialAccountClient, wechat: LoopbackWeChat
):
    assert official.showqrcode_url("a+b/c==") == f"{wechat.url}/cgi-bin/showqrcode?ticket=a%2Bb%2Fc%3D%3D"


def test_a_user_is_asked_for_by_openid(official: OfficialAccountClient, wechat: LoopbackWeChat):
    wechat.answers["/cgi-bin/user/info"] = as_json(sample("responses/user_info.not-following.json"))
    official.get_user("OPENID")
    [asked] = wechat.asked_for("/cgi-bin/user/info")
    assert (asked.query["openid"], asked.query["lang"]) == ("OPENID", "zh_CN")


def test_the_api_classes_of_wechatpy_work_through_the_gateway(
    official: OfficialAccountClient, wechat: LoopbackWeChat
):
    wechat.answers["/cgi-bin/tags/get"] = as_json({"tags": [{"id": 1, "name": "HR", "count": 0}]})
    wechat.answers["/cgi-bin/getcallbackip"] = as_json({"ip_list": ["127.0.0.1"]})
    assert official.wechatpy.tag.get() == [{"id": 1, "name": "HR", "count": 0}]
    assert official.wechatpy.misc.get_wechat_ips() == ["127.0.0.1"]
    assert wechat.fetches == 1


def test_calls_of_wechatpy_to_other_hosts_are_not_let_through(
    official: OfficialAccountClient, wechat: LoopbackWeChat
):
    with pytest.raises(NotImplementedError):
        official.wechatpy.get("https://elsewhere.example.com/cgi-bin/x")
    assert wechat.asked == []
