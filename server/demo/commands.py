"""Runs the server's commands as an engineer would: `flask --app wsgi COMMAND`."""

import subprocess
import sys

from server.demo.errors import DemoError
from server.demo.place import PROJECT, Place

_SECONDS = 120


class CommandError(DemoError):
    """A command failed; `output` is what it said."""

    def __init__(self, command: str, output: str) -> None:
        super().__init__(f"`flask --app wsgi {command}` failed:\n{output}")
        self.output = output


class Flask:
    """The commands of one run."""

    def __init__(self, place: Place, run: str) -> None:
        self._environment = place.environment(run)

    def run(self, *arguments: str, **environment: str) -> str:
        """Run one command and return what it printed; `environment` is added to its environment.

        Raises:
            CommandError: its exit status is not 0, or it takes longer than two minutes.
        """
        named = " ".join(arguments)
        try:
            done = subprocess.run(  # noqa: S603  (our own command)
                [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
                cwd=PROJECT,
                env=self._environment | environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise CommandError(named, f"no end after {_SECONDS} seconds") from None
        if done.returncode != 0:
            raise CommandError(named, "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:]))
        return done.stdout
