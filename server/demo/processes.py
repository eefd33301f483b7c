"""Finds and stops the processes of a run by the mark in their environment.

A pid alone proves nothing, since it may belong to another program by now. Each run has a random mark, which
all its processes inherit and nothing else can have.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from server.demo.place import MARK

_PROC = Path("/proc")
_PATIENCE = 10  # seconds a process has to end by itself
_STEP = 0.1


def find_processes(run: str) -> set[int]:
    """The pids of the living processes that carry the mark of `run`."""
    mark = f"{MARK}={run}"
    found = _marked_by_proc(mark) if (_PROC / "self" / "environ").exists() else _marked_by_ps(mark)
    return set(found) - {os.getpid()}


def stop_processes(run: str, patience: float = _PATIENCE) -> int:
    """End all processes of `run`, after `patience` seconds by force; returns how many there were."""
    asked: set[int] = set()
    deadline = time.monotonic() + patience
    while living := find_processes(run):
        for pid in living if time.monotonic() > deadline else living - asked:
            _send(pid, signal.SIGKILL if time.monotonic() > deadline else signal.SIGTERM)
        asked |= living
        time.sleep(_STEP)
    return len(asked)


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it ended by itself in the meantime


def _marked_by_proc(mark: str) -> Iterator[int]:
    wanted = mark.encode()
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue  # another user's, or gone
            if wanted in environment.split(b"\0"):
                yield int(entry.name)


def _marked_by_ps(mark: str) -> Iterator[int]:
    listing = subprocess.run(
        ["ps", "axeww", "-o", "pid=,command="],  # noqa: S607  (ps is where the system has it)
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    )
    for line in listing.stdout.splitlines():
        if re.search(rf"\s{re.escape(mark)}(\s|$)", line):
            yield int(line.split(None, 1)[0])
