"""Followers, templates, addresses and 网页授权."""

from urllib.parse import parse_qs, urlsplit

import requests

from tests.fixtures_sandbox import (
    CANCELLATION,
    INVITATION,
    NOT_REACHED,
    OFFICIAL,
    OFFICIAL_SECRET,
    STAFF_ALERT,
    Sandbox,
)
from tests.sandbox.conftest import Caller

BACK = "http://127.0.0.1:8600/m/sign-in?next=7"
AUTHORIZE = {
    "appid": OFFICIAL,
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": "snsapi_base",
    "state": "s1",
}
EXCHANGE = {"appid": OFFICIAL, "secret": OFFICIAL_SECRET, "grant_type": "authorization_code"}


def test_user_info_tells_who_follows_and_no_name(sandbox: Sandbox, caller: Caller) -> None:
    openid, token = sandbox.person("li-min")["oa_openid"], caller.token(OFFICIAL)
    ask = {"access_token": token, "openid": openid, "lang": "zh_CN"}
    assert sandbox.get("/cgi-bin/user/info", **ask).json() == {"subscribe": 0, "openid": openid}
    sandbox.scan("li-min", ticket=caller.ticket("bind-1")["ticket"])
    info = sandbox.get("/cgi-bin/user/info", **ask).json()
    assert (info["subscribe"], info["openid"], info["qr_scene_str"]) == (1, openid, "bind-1")
    assert "nickname" not in info
    unknown = sandbox.get("/cgi-bin/user/info", access_token=token, openid="oNobody").json()
    assert unknown["errcode"] == 40003


def test_each_account_lists_its_own_templates(sandbox: Sandbox, caller: Caller) -> None:
    path = "/wxaapi/newtmpl/gettemplate"
    mine = sandbox.get(path, access_token=caller.token()).json()
    assert [one["priTmplId"] for one in mine["data"]] == [INVITATION, CANCELLATION]
    assert mine["data"][1]["content"].startswith("面试岗位:{{thing1.DATA}}\n")
    assert mine["data"][0]["type"] == 2
    theirs = sandbox.get(path, access_token=caller.token(OFFICIAL)).json()
    assert [one["priTmplId"] for one in theirs["data"]] == [STAFF_ALERT, NOT_REACHED]
    path = "/cgi-bin/template/get_all_private_template"
    listed = sandbox.get(path, access_token=caller.token(OFFICIAL)).json()["template_list"]
    assert [(one["template_id"], one["title"]) for one in listed] == [
        (STAFF_ALERT, "候选人取消面试提醒"),
        (NOT_REACHED, "候选人未通知到提醒"),
    ]


def test_push_addresses_and_the_network_check_answer(sandbox: Sandbox, caller: Caller) -> None:
    token = caller.token()
    assert sandbox.get("/cgi-bin/getcallbackip", access_token=token).json() == {"ip_list": ["127.0.0.1"]}
    body = {"action": "all", "check_operator": "DEFAULT"}
    assert "ping" in sandbox.post("/cgi-bin/callback/check", body, access_token=token).json()


def test_a_page_opened_from_a_card_learns_who_opened_it_once(sandbox: Sandbox) -> None:
    phone = requests.Session()
    phone.trust_env = False
    target = (
        requests.Request("GET", sandbox.url + "/connect/oauth2/authorize", params=AUTHORIZE).prepare().url
    )
    opened = phone.get(
        f"{sandbox.url}/sandbox/people/li-min/webview",
        params={"url": target},
        allow_redirects=False,
        timeout=10,
    )
    assert (opened.status_code, opened.headers["Location"]) == (302, target)
    back = phone.get(opened.headers["Location"], allow_redirects=False, timeout=10)
    assert back.headers["Location"].startswith(BACK + "&code=")
    query = parse_qs(urlsplit(back.headers["Location"]).query)
    assert query["state"] == ["s1"]
    given = sandbox.get("/sns/oauth2/access_token", code=query["code"][0], **EXCHANGE).json()
    assert given["openid"] == sandbox.person("li-min")["oa_openid"]
    assert {"access_token", "expires_in", "refresh_token", "scope"} <= set(given)
    again = sandbox.get("/sns/oauth2/access_token", code=query["code"][0], **EXCHANGE).json()
    assert again["errcode"] == 40163


def test_a_browser_outside_wechat_is_told_so(sandbox: Sandbox) -> None:
    answer = sandbox.get("/connect/oauth2/authorize", **AUTHORIZE)
    assert answer.status_code == 400
    assert "微信客户端" in answer.json()["error"]
    unknown = sandbox.get("/sns/oauth2/access_token", code="0none", **EXCHANGE).json()
    assert unknown["errcode"] == 40029


def test_a_webview_opens_web_addresses_only(sandbox: Sandbox) -> None:
    answer = sandbox.get("/sandbox/people/li-min/webview", url="javascript:alert(1)")
    assert answer.status_code == 400
