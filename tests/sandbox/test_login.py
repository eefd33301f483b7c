"""小程序登录."""

from typing import Any

from tests.fixtures_sandbox import MINIPROGRAM, MINIPROGRAM_SECRET, Sandbox


def exchange(sandbox: Sandbox, code: str, **changes: str) -> dict[str, Any]:
    query = {
        "appid": MINIPROGRAM,
        "secret": MINIPROGRAM_SECRET,
        "js_code": code,
        "grant_type": "authorization_code",
        **changes,
    }
    return sandbox.get("/sns/jscode2session", **query).json()


def test_a_code_gives_the_openid_once(sandbox: Sandbox) -> None:
    code = sandbox.login_code("chen-siyuan")
    session = exchange(sandbox, code)
    assert session["openid"] == sandbox.person("chen-siyuan")["mp_openid"]
    assert len(session["session_key"]) == 24
    again = exchange(sandbox, code)
    assert again["errcode"] == 40163
    assert again["errmsg"].startswith("code been used, rid: ")


def test_a_code_never_given_is_invalid(sandbox: Sandbox) -> None:
    assert exchange(sandbox, "0nobody")["errcode"] == 40029
    assert exchange(sandbox, "")["errcode"] == 41008


def test_a_blocked_person_cannot_log_in(sandbox: Sandbox) -> None:
    sandbox.behave("xu-ran", login_blocked=True)
    assert exchange(sandbox, sandbox.login_code("xu-ran"))["errcode"] == 40226


def test_wrong_credentials_do_not_use_the_code_up(sandbox: Sandbox) -> None:
    code = sandbox.login_code("lin-xiao")
    assert exchange(sandbox, code, appid="wx0000000000000000")["errcode"] == 40013
    assert exchange(sandbox, code, secret="wrong")["errcode"] == 40125
    assert "openid" in exchange(sandbox, code)


def test_codes_are_for_the_mini_program(sandbox: Sandbox) -> None:
    answer = sandbox.post("/sandbox/people/lin-xiao/login-code", {"appid": "wx0000000000000000"})
    assert answer.status_code == 400
