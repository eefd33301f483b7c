"""The WeChat sandbox as a real server for tests, and a small client of its control endpoints."""

import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

PROJECT = Path(__file__).resolve().parents[1]
START_SECONDS = 20

MINIPROGRAM = "wxa1d0c0ffee000001"
MINIPROGRAM_SECRET = "sandbox-miniprogram-secret"
OFFICIAL = "wxa1d0c0ffee000002"
OFFICIAL_SECRET = "sandbox-official-secret"
INVITATION = "sbx-interview-invitation-00000000000000000001"
CANCELLATION = "sbx-cancellation-result-000000000000000000002"
STAFF_ALERT = "sbx-candidate-cancelled-000000000000000000003"
NOT_REACHED = "sbx-candidate-not-reached-0000000000000000004"


class Sandbox:
    """Drives a running sandbox; answers of control endpoints are checked, those of the platform are not."""

    def __init__(self, url: str, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self.process = process
        self.http = requests.Session()
        self.http.trust_env = False

    def get(self, path: str, **query: Any) -> requests.Response:
        """GET a path, redirects not followed."""
        return self.http.get(self.url + path, params=query, timeout=30, allow_redirects=False)

    def post(self, path: str, body: Any = None, **query: Any) -> requests.Response:
        """POST a JSON body."""
        return self.http.post(self.url + path, json=body, params=query, timeout=30)

    def patch(self, path: str, body: Any) -> requests.Response:
        """PATCH with a JSON body."""
        return self.http.patch(self.url + path, json=body, timeout=30)

    def people(self) -> list[dict[str, Any]]:
        """Everybody."""
        return _checked(self.get("/sandbox/people"))["items"]

    def person(self, person_id: str) -> dict[str, Any]:
        """One person, with both openids."""
        return _checked(self.get(f"/sandbox/people/{person_id}"))

    def add_person(self, person_id: str, name: str, kind: str = "candidate", **more: Any) -> dict[str, Any]:
        """Add a person."""
        return _checked(self.post("/sandbox/people", {"id": person_id, "name": name, "kind": kind, **more}))

    def behave(self, person_id: str, **behaviour: Any) -> dict[str, Any]:
        """Change how a person behaves, for example behave("lin-xiao", refuses=True)."""
        return _checked(self.patch(f"/sandbox/people/{person_id}", {"behaviour": behaviour}))

    def follow(self, person_id: str, follows: bool = True) -> dict[str, Any]:
        """Let a person follow the official account, or leave it."""
        return _checked(self.patch(f"/sandbox/people/{person_id}", {"follows": follows}))

    def login_code(self, person_id: str, appid: str = MINIPROGRAM) -> str:
        """What wx.login gives this person."""
        return _checked(self.post(f"/sandbox/people/{person_id}/login-code", {"appid": appid}))["code"]

    def consent(self, person_id: str, choices: dict[str, str]) -> dict[str, Any]:
        """Answer the sheet of wx.requestSubscribeMessage."""
        return _checked(self.post(f"/sandbox/people/{person_id}/consents", {"choices": choices}))

    def inbox(self, person_id: str) -> list[dict[str, Any]]:
        """The cards on a person's phone, newest first."""
        return _checked(self.get(f"/sandbox/people/{person_id}/inbox"))["items"]

    def scan(self, person_id: str, *, ticket: str | None = None, wxacode_scene: str | None = None) -> Any:
        """Point a person's camera at a code."""
        body = {"ticket": ticket} if ticket is not None else {"wxacode_scene": wxacode_scene}
        return _checked(self.post(f"/sandbox/people/{person_id}/scans", body))

    def codes(self) -> list[dict[str, Any]]:
        """What a camera could point at, newest first."""
        return _checked(self.get("/sandbox/codes"))["items"]

    def accepted(self) -> list[dict[str, Any]]:
        """Every message the platform ever took."""
        return _checked(self.get("/sandbox/accepted"))["items"]

    def settings(self, **patch: Any) -> dict[str, Any]:
        """Change settings and return all of them."""
        return _checked(self.patch("/sandbox/settings", patch))

    def reset(self) -> None:
        """Forget everything that happened."""
        self.post("/sandbox/reset").raise_for_status()


def _checked(answer: requests.Response) -> Any:
    assert answer.ok, f"{answer.request.method} {answer.request.path_url}: {answer.status_code} {answer.text}"
    return answer.json()


# Below the ports the system gives to outgoing connections, and a new one each time: a port that was free a
# moment ago is then not somebody else's when its server begins to listen.
_PORTS = itertools.cycle(range(20_000, 32_000))
for _ in range(os.getpid() * 37 % 12_000):
    next(_PORTS)


def free_port() -> int:
    """Return a port nobody listens on, and which this process has not given out before."""
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("There is no free port.")


@contextmanager
def start_sandbox(
    port: int,
    backend_url: str,
    config: Path | None = None,
    state: Path | None = None,
    miniprogram: Path | None = None,
    more: Sequence[str] = (),
) -> Iterator[Sandbox]:
    """Run the sandbox as a process until the block ends; `miniprogram` names another source for the phone.

    `more` are further options of its command line.
    """
    command = [sys.executable, "-m", "server.wechat_sandbox", "--port", str(port), "--backend", backend_url]
    command += ["--state", str(state) if state else "none"]
    command += ["--config", str(config)] if config else []
    command += more
    environment = os.environ | ({"YUEMIAN_SANDBOX_MINIPROGRAM": str(miniprogram)} if miniprogram else {})
    process = subprocess.Popen(command, cwd=PROJECT, env=environment)
    sandbox = Sandbox(f"http://127.0.0.1:{port}", process)
    try:
        _wait_until_ready(sandbox)
        yield sandbox
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait_until_ready(sandbox: Sandbox) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert sandbox.process.poll() is None, "The sandbox stopped instead of starting."
        try:
            if sandbox.get("/healthz").ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("The sandbox does not answer.")


@pytest.fixture(scope="session")
def sandbox_backend_url() -> str:
    """Where the shared sandbox pushes to: nobody, unless a conftest says otherwise."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="session")
def sandbox_process(sandbox_backend_url: str) -> Iterator[Sandbox]:
    """One sandbox for all tests of a run."""
    with start_sandbox(free_port(), sandbox_backend_url) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """The shared sandbox as new."""
    sandbox_process.reset()
    return sandbox_process
