"""A demo as a process of its own, in its own folder and on its own ports."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fixtures_sandbox import PROJECT, free_port


class DemoProcess:
    """Starts `python -m server.demo` and ends it, whatever the test did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.web_port, self.sandbox_port, self.mail_port = free_port(), free_port(), free_port()
        self._output = folder.with_suffix(".txt")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What tells a demo where to live."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("YUEMIAN_")}
        return inherited | {
            "YUEMIAN_DEMO_DIR": str(self.folder),
            "YUEMIAN_DEMO_PORT": str(self.web_port),
            "YUEMIAN_DEMO_SANDBOX_PORT": str(self.sandbox_port),
            "YUEMIAN_DEMO_MAIL_PORT": str(self.mail_port),
        }

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end, for starts that are refused."""
        return subprocess.run(
            [sys.executable, "-m", "server.demo", *options],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def __enter__(self) -> "DemoProcess":
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server.demo"],
                cwd=PROJECT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.interrupt()

    def said(self) -> str:
        """Everything it wrote to the terminal."""
        return self._output.read_text("utf-8")

    def wait_until_it_runs(self, seconds: float = 120) -> None:
        """Wait for the lines that say where to look."""

        def running() -> bool:
            assert self._process is not None
            assert self._process.poll() is None, self.said()
            return "the start took" in self.said()

        wait_until(running, seconds)

    def interrupt(self) -> int:
        """Ctrl-C; returns the exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=60)

    @property
    def mark(self) -> str:
        """The mark of the run."""
        return (self.folder / "demo.lock").read_text("ascii")

    def pid_of(self, program: str) -> int:
        """The pid supervisord gives for one of its programs; 0 while it does not run."""
        configuration = str(self.folder / "supervisord.conf")
        command = [sys.executable, "-m", "supervisor.supervisorctl", "-c", configuration, "pid", program]
        answer = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30, check=False)
        return int(answer.stdout) if answer.stdout.strip().isdigit() else 0


def wait_until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """The first true answer of `condition`; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"did not come true within {seconds} s"
        time.sleep(0.1)
    return answer
