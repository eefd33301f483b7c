"""Access tokens."""

import re
import time

import pytest

from tests.fixtures_sandbox import MINIPROGRAM, MINIPROGRAM_SECRET, OFFICIAL, Sandbox
from tests.sandbox.conftest import Caller

GOOD = {"grant_type": "client_credential", "appid": MINIPROGRAM, "secret": MINIPROGRAM_SECRET}
RID = re.compile(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$")


def test_the_stable_token_stays_and_its_seconds_run_down(sandbox: Sandbox) -> None:
    first = sandbox.post("/cgi-bin/stable_token", GOOD).json()
    time.sleep(1.1)
    second = sandbox.post("/cgi-bin/stable_token", GOOD).json()
    assert set(first) == {"access_token", "expires_in"}
    assert second["access_token"] == first["access_token"]
    assert first["expires_in"] == 7200
    assert 7190 < second["expires_in"] < 7200
    assert len(first["access_token"]) <= 512


def test_a_forced_refresh_kills_the_token_before_it(sandbox: Sandbox, caller: Caller) -> None:
    old = caller.token()
    new = sandbox.post("/cgi-bin/stable_token", GOOD | {"force_refresh": True}).json()["access_token"]
    assert new != old
    assert caller.subscribe("lin-xiao", token=old)["errcode"] == 40001
    assert caller.subscribe("lin-xiao", token=new)["errcode"] == 43101


def test_forced_refreshes_are_thirty_seconds_apart(sandbox: Sandbox) -> None:
    forced = GOOD | {"force_refresh": True}
    assert "access_token" in sandbox.post("/cgi-bin/stable_token", forced).json()
    assert sandbox.post("/cgi-bin/stable_token", forced).json()["errcode"] == 45011


def test_every_classic_call_gives_a_new_token_and_the_old_one_lives_on_for_a_while(
    sandbox: Sandbox, caller: Caller
) -> None:
    stable = caller.token()
    old = sandbox.get("/cgi-bin/token", **GOOD).json()["access_token"]
    new = sandbox.get("/cgi-bin/token", **GOOD).json()["access_token"]
    assert len({stable, old, new}) == 3
    for token in (stable, old, new):
        assert caller.subscribe("lin-xiao", token=token)["errcode"] == 43101


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"secret": "wrong"}, 40125),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
    ],
)
def test_wrong_credentials_have_their_own_codes(
    sandbox: Sandbox, change: dict[str, str], errcode: int
) -> None:
    for answer in (
        sandbox.get("/cgi-bin/token", **(GOOD | change)),
        sandbox.post("/cgi-bin/stable_token", GOOD | change),
    ):
        assert answer.status_code == 200
        assert answer.json()["errcode"] == errcode
        assert RID.search(answer.json()["errmsg"])


def test_the_stable_token_wants_a_post_with_json(sandbox: Sandbox) -> None:
    assert sandbox.get("/cgi-bin/stable_token", **GOOD).json()["errcode"] == 43002
    assert sandbox.post("/cgi-bin/stable_token", ["no object"]).json()["errcode"] == 47001


def test_calls_say_what_is_wrong_with_their_token(sandbox: Sandbox, caller: Caller) -> None:
    path = "/cgi-bin/message/subscribe/send"
    assert sandbox.post(path, {}).json()["errcode"] == 41001
    assert caller.subscribe("lin-xiao", token="nonsense")["errcode"] == 40014
    unknown = "86_" + "x" * 133
    assert caller.subscribe("lin-xiao", token=unknown)["errcode"] == 40001
    assert caller.subscribe("lin-xiao", token=caller.token(OFFICIAL))["errcode"] == 48001


def test_an_expired_token_answers_42001_and_a_new_one_is_given(sandbox: Sandbox, caller: Caller) -> None:
    sandbox.settings(token_seconds=1)
    token = caller.token()
    time.sleep(1.1)
    assert caller.subscribe("lin-xiao", token=token)["errcode"] == 42001
    assert caller.token() != token
