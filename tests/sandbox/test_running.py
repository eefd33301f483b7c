"""The sandbox as a process: its state file, its port, the way to the web server, the phones."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures_sandbox import INVITATION, PROJECT, Sandbox, free_port, start_sandbox
from tests.sandbox.conftest import Caller
from tests.sandbox.receiver import Receiver


def test_a_killed_sandbox_knows_everything_again(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "sandbox.sqlite3"
    with start_sandbox(free_port(), receiver.url, state=state) as first:
        first.consent("lin-xiao", {INVITATION: "accept"})
        first.consent("lin-xiao", {INVITATION: "accept"})
        caller = Caller(first)
        token = caller.token()
        caller.subscribe("lin-xiao", token=token)
        first.settings(answers_msgid=False, event_delay_seconds=0.1)
        first.behave("wang-jie", refuses=False)
        cards = first.inbox("lin-xiao")
        os.kill(first.process.pid, signal.SIGKILL)
    receiver.wait_for("subscribe_msg_sent_event")
    with start_sandbox(free_port(), receiver.url, state=state) as second:
        assert second.inbox("lin-xiao") == cards
        assert second.settings()["answers_msgid"] is False
        assert second.person("wang-jie")["behaviour"] == {}
        assert second.people()[0]["id"] == "chen-siyuan"
        assert Caller(second).token() == token
        assert Caller(second).subscribe("lin-xiao")["errcode"] == 0
        assert Caller(second).subscribe("lin-xiao")["errcode"] == 43101


def test_an_event_on_its_way_survives_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    state = tmp_path / "sandbox.sqlite3"
    with start_sandbox(free_port(), receiver.url, state=state) as first:
        first.settings(event_delay_seconds=60)
        first.consent("lin-xiao", {INVITATION: "accept"})
    assert receiver.pushes == []
    with start_sandbox(free_port(), receiver.url, state=state):
        receiver.wait_for("subscribe_msg_popup_event")


def test_a_busy_port_is_told_in_one_sentence(sandbox: Sandbox) -> None:
    port = sandbox.url.rpartition(":")[2]
    command = [sys.executable, "-m", "server.wechat_sandbox", "--port", port]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} on 127.0.0.1 is taken; choose another with --port.\n"


def test_a_missing_configuration_is_told_in_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "server.wechat_sandbox", "--config", str(tmp_path / "none.toml")]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1


def test_wx_request_reaches_the_web_server_without_cookies(sandbox: Sandbox, receiver: Receiver) -> None:
    answer = sandbox.http.post(
        f"{sandbox.url}/backend/api/v1/sessions?a=%E4%B8%AD&b=1",
        json={"code": "0x"},
        headers={"Authorization": "Bearer t", "Cookie": "sandbox_person=lin-xiao"},
        timeout=10,
    )
    seen = answer.json()
    assert answer.status_code == 418
    assert answer.headers["X-Kept"] == "yes"
    assert "Set-Cookie" not in answer.headers
    assert (seen["method"], seen["path"]) == ("POST", "/api/v1/sessions?a=%E4%B8%AD&b=1")
    assert json.loads(seen["body"]) == {"code": "0x"}
    assert seen["headers"]["authorization"] == "Bearer t"
    assert "cookie" not in seen["headers"]
    expected = "https://servicewechat.com/wxa1d0c0ffee000001/devtools/page-frame.html"
    assert seen["headers"]["referer"] == expected


def test_a_web_server_that_is_away_answers_502() -> None:
    with start_sandbox(free_port(), f"http://127.0.0.1:{free_port()}") as lonely:
        assert lonely.get("/backend/api/v1/reasons").status_code == 502


def test_the_phone_gets_the_source_as_it_is_on_the_disk(sandbox: Sandbox) -> None:
    answer = sandbox.get("/phone/source.json")
    assert answer.headers["Cache-Control"] == "no-store"
    files = answer.json()["files"]
    miniprogram = PROJECT / "miniprogram"
    expected = {"app.json"} if (miniprogram / "app.json").exists() else set()
    assert expected <= set(files)
    assert all((miniprogram / name).read_text(encoding="utf-8") == text for name, text in files.items())


@pytest.mark.skipif(
    not (PROJECT / "server/wechat_sandbox/phone/index.html").exists(), reason="the phone's page is not there"
)
def test_only_the_phone_may_evaluate_scripts(sandbox: Sandbox) -> None:
    page = sandbox.get("/phone/?person=chen-siyuan")
    assert page.status_code == 200
    assert "'wasm-unsafe-eval'" in page.headers["Content-Security-Policy"]
    assert "Content-Security-Policy" not in sandbox.get("/sandbox/people").headers
