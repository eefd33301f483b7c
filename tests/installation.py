"""A whole installation on loopback: Redis, sandbox, web server, workers and schedule as real processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from openpyxl import Workbook

from server.services.workbooks import COLUMNS
from tests.embedded_redis import EmbeddedRedis
from tests.fixtures_sandbox import INVITATION, PROJECT, Sandbox, free_port, start_sandbox

PASSWORD = "correct horse battery"
RECRUITER = "li.min@example.com"
# Whose mail the sandbox puts on their phone; everybody else's goes to a general mailbox.
MAILBOXES = {"陈思远": "chen.siyuan@example.com"}


_migrated: list[bytes] = []


def wait_until(condition: Callable[[], Any], seconds: float = 60.0, what: str = "the condition") -> Any:
    """The first true answer of `condition`; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come true within {seconds} s")


class Installation:
    """Starts what it is told to and ends everything it started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, sandbox_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.redis = EmbeddedRedis(folder)
        mail_port = free_port()
        self._sandbox_context = start_sandbox(
            sandbox_port,
            self.url,
            state=folder / "sandbox.sqlite3",
            more=["--smtp-port", str(mail_port)],
        )
        self.sandbox: Sandbox
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        sandbox_url = f"http://127.0.0.1:{sandbox_port}"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("YUEMIAN_")},
            "YUEMIAN_CONFIG": str(PROJECT / "config" / "demo.toml"),
            "YUEMIAN_DATABASE_URL": f"sqlite:///{folder / 'data.sqlite3'}",
            "YUEMIAN_REDIS_URL": self.redis.url,
            "YUEMIAN_PUBLIC_URL": f"http://localhost:{self.port}",
            "YUEMIAN_LOG_LEVEL": "WARNING",
            "YUEMIAN_WECHAT__API_URL": sandbox_url,
            "YUEMIAN_WECHAT__OAUTH_URL": f"http://localhost:{sandbox_port}",
            "YUEMIAN_WECHAT__SHOWQRCODE_URL": sandbox_url + "/cgi-bin",
            "YUEMIAN_WECHAT__READ_TIMEOUT": "3",
            "YUEMIAN_OUTBOX__LEASE_SECONDS": "10",
            "YUEMIAN_SMS__ENDPOINT": sandbox_url,
            "YUEMIAN_EMAIL__PORT": str(mail_port),
            "YUEMIAN_SECURITY__FRAME_ANCESTORS": json.dumps(["'self'", f"http://localhost:{sandbox_port}"]),
        }
        self.commands = {
            "web": [
                *("-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", "--workers", "1"),
                *("--worker-class", "gthread", "--threads", "8", "--log-level", "warning"),
            ],
            "outbox": ["-m", "flask", "--app", "wsgi", "worker", "outbox"],
            "receipts": ["-m", "flask", "--app", "wsgi", "worker", "receipts"],
            "cron": [
                "-m",
                "rq.cli",
                "cron",
                "server.jobs.schedule",
                "--url",
                self.redis.url,
                "-l",
                "warning",
            ],
        }

    def __enter__(self) -> "Installation":
        self.redis.start()
        self.sandbox = self._sandbox_context.__enter__()
        self._make_database()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.processes):
            self.stop(name)
        self._sandbox_context.__exit__(None, None, None)
        self.redis.stop()

    def _make_database(self) -> None:
        """Migrate once per run of the tests; every further installation starts from a copy."""
        database = self.folder / "data.sqlite3"
        if not _migrated:
            self.flask("db", "upgrade")
            self.flask("seed-reasons")
            _migrated.append(database.read_bytes())
        database.write_bytes(_migrated[0])

    def start(self, *names: str) -> None:
        """Start processes by name; the web server is waited for."""
        for name in names:
            log = (self.folder / f"{name}.log").open("ab")
            self.processes[name] = subprocess.Popen(
                [sys.executable, *self.commands[name]],
                cwd=PROJECT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        if "web" in names:
            wait_until(lambda: _answers(self.url + "/healthz"), what="the web server")

    def start_all(self) -> None:
        """Start everything."""
        self.start("web", "outbox", "receipts", "cron")

    def heal(self) -> bool:
        """Start again what has ended by itself, as a supervisor does."""
        self.start(*[name for name, process in self.processes.items() if process.poll() is not None])
        return True

    def stop(self, name: str) -> None:
        """End a process politely."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self, name: str) -> None:
        """End a process as `kill -9` does."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def flask(self, *arguments: str, **environment: str) -> str:
        """Run a command of the application; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=PROJECT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def log(self, name: str) -> str:
        """What a process has written."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def populate(self, candidates: list[str]) -> list[dict[str, str]]:
        """Accounts and one interview for each name; returns their invitations."""
        self.flask(
            *("create-staff", "--email", RECRUITER, "--name", "李敏", "--role", "recruiter"),
            *("--phone", "010-66551234"),
            YUEMIAN_NEW_PASSWORD=PASSWORD,
        )
        book = Workbook()
        book.active.append([heading for _, heading, _, _ in COLUMNS])
        day = time.strftime("%Y-%m-%d", time.localtime(time.time() + 3 * 86400))
        for number, name in enumerate(candidates, start=1):
            book.active.append(
                [
                    *(
                        name,
                        f"139{number:08d}",
                        MAILBOXES.get(name, f"c{number}@example.com"),
                        "三年经验",
                        "后端开发工程师",
                        "技术部",
                    ),
                    *(RECRUITER, None, f"{day} 14:00", f"{day} 16:00", 500),
                ]
            )
        path = self.folder / "interviews.xlsx"
        book.save(path)
        self.flask("import-interviews", str(path))
        found: list[dict[str, str]] = json.loads(self.flask("invitations", "--json"))
        return found

    def phone(self, person: str) -> "Phone":
        """A candidate's mini-program, as far as HTTP goes."""
        return Phone(self, person)


class Phone:
    """What the mini-program does over HTTP for one person of the sandbox."""

    def __init__(self, installation: Installation, person: str) -> None:
        self.installation = installation
        self.sandbox = installation.sandbox
        self.person = person
        self.token = ""
        self.http = requests.Session()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        """One wx.request."""
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self.http.request(
            method, f"{self.installation.url}/api/v1{path}", json=body, headers=headers, timeout=20
        )

    def sign_in(self, invite: str | None = None) -> dict[str, Any]:
        """wx.login and POST /sessions; the first time with the invitation."""
        body = {"code": self.sandbox.login_code(self.person)} | ({"invite": invite} if invite else {})
        answer = self.call("POST", "/sessions", body)
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["token"]
        return answer.json()

    def consent(self, template_id: str = INVITATION) -> None:
        """Tap 允许, and let the page report it."""
        self.sandbox.consent(self.person, {template_id: "accept"})
        assert self.call("POST", "/subscriptions", {"results": {template_id: "accept"}}).status_code == 204

    def cancel(self, interview_id: int, key: str, reason: str = "time_conflict") -> requests.Response:
        """Submit the cancel page."""
        headers = {"Idempotency-Key": key}
        return self.call("POST", f"/interviews/{interview_id}/cancellation", {"reason": reason}, **headers)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
