"""Where a demo lives: its folder, its ports, its addresses, and the environment of its processes."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from server.demo.errors import DemoError

PROJECT = Path(__file__).resolve().parents[2]
MARK = "YUEMIAN_DEMO_RUN"
_OWN_PREFIX = "YUEMIAN_"
# The operating system's limit for the path of a socket is 104 to 108 bytes; the longest name is added to it.
_LONGEST_SOCKET_FOLDER = 80
# Redis names its socket among the facts about a client, and a blank or "=" there confuses who reads them.
_SOCKET_FOLDER = re.compile(r"[A-Za-z0-9_./+-]+")


@dataclass(frozen=True)
class Place:
    """One demo's folder and addresses; `given_redis_url` is set when Redis is somebody else's."""

    folder: Path
    web_port: int
    sandbox_port: int
    mail_port: int
    given_redis_url: str | None = None

    @property
    def web_url(self) -> str:
        """Where the web application answers."""
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def sandbox_url(self) -> str:
        """Where the WeChat sandbox and the phones answer."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def hr_web_url(self) -> str:
        """The same web application under the name by which HR's phone knows it.

        Browsers keep cookies by host name: so the phone is a device of its own, whoever is signed in on the
        desk in the same browser.
        """
        return f"http://localhost:{self.web_port}"

    @property
    def hr_sandbox_url(self) -> str:
        """The sandbox under the name by which HR's phone knows it."""
        return f"http://localhost:{self.sandbox_port}"

    @property
    def logs(self) -> Path:
        """Folder of the log files, one for each process."""
        return self.folder / "logs"

    @property
    def workbook(self) -> Path:
        """The workbook whose interviews the demo imports."""
        return self.folder / "interviews.xlsx"

    @property
    def sockets(self) -> Path:
        """Folder of the sockets; a short one elsewhere when the demo's own path will not do."""
        inside = self.folder / "run"
        if len(str(inside)) <= _LONGEST_SOCKET_FOLDER and _SOCKET_FOLDER.fullmatch(str(inside)):
            return inside
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"yuemian-{os.getuid()}-{name}"

    @property
    def redis_socket(self) -> Path:
        """Socket of the demo's own Redis."""
        return self.sockets / "redis.sock"

    @property
    def redis_url(self) -> str:
        """The Redis the demo uses."""
        return self.given_redis_url or f"unix://{self.redis_socket}?db=0"

    def make_folders(self) -> None:
        """Make what is missing; sockets are for this user alone."""
        for folder in (self.folder, self.logs, self.folder / "redis"):
            folder.mkdir(parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.sockets.stat().st_uid != os.getuid():
            raise DemoError(f"{self.sockets} belongs to somebody else, so the demo puts no sockets there.")

    def environment(self, run: str) -> dict[str, str]:
        """The environment of every process of this run.

        Settings from outside are left out, so that a demo never reaches a real database or WeChat account.
        """
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(_OWN_PREFIX)}
        return inherited | {
            MARK: run,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "PYTHONPATH": str(PROJECT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONUTF8": "1",
            "YUEMIAN_CONFIG": str(PROJECT / "config" / "demo.toml"),
            "YUEMIAN_PUBLIC_URL": self.hr_web_url,
            "YUEMIAN_DATABASE_URL": f"sqlite:///{self.folder / 'yuemian.sqlite3'}",
            "YUEMIAN_REDIS_URL": self.redis_url,
            "YUEMIAN_WECHAT__API_URL": self.sandbox_url,
            "YUEMIAN_WECHAT__OAUTH_URL": self.hr_sandbox_url,
            "YUEMIAN_WECHAT__SHOWQRCODE_URL": f"{self.sandbox_url}/cgi-bin",
            "YUEMIAN_SMS__ENDPOINT": self.sandbox_url,
            "YUEMIAN_EMAIL__PORT": str(self.mail_port),
            "YUEMIAN_SECURITY__FRAME_ANCESTORS": json.dumps(
                ["'self'", self.hr_sandbox_url, self.sandbox_url]
            ),
        }


def place_from(environ: Mapping[str, str]) -> Place:
    """The place the environment asks for: var/demo and the ports 8600 to 8602 unless it says otherwise.

    Raises:
        DemoError: a port is no port.
    """
    folder = Path(environ.get("YUEMIAN_DEMO_DIR") or PROJECT / "var" / "demo").absolute()
    return Place(
        folder=folder,
        web_port=_port(environ, "YUEMIAN_DEMO_PORT", 8600),
        sandbox_port=_port(environ, "YUEMIAN_DEMO_SANDBOX_PORT", 8601),
        mail_port=_port(environ, "YUEMIAN_DEMO_MAIL_PORT", 8602),
        given_redis_url=environ.get("YUEMIAN_REDIS_URL") or None,
    )


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    given = environ.get(name) or str(default)
    if not given.isascii() or not given.isdigit() or not 1024 <= int(given) <= 65535:
        raise DemoError(f"{name}={given} is not a port: give a number from 1024 to 65535.")
    return int(given)
