"""What a killed demo left running is found by its mark, and nothing else is touched."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.demo.lock import only_demo
from server.demo.place import MARK, Place
from server.demo.processes import find_processes, stop_processes

SLEEP = ["sleep", "60"]


@pytest.fixture
def marked() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(SLEEP, env=os.environ | {MARK: "earlier-run"})
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(SLEEP, env=os.environ | {MARK: "earlier-run-of-another-demo"})
    yield process
    process.kill()
    process.wait()


def _ended(process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 5
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    return process.poll() is not None


def test_only_processes_with_the_mark_are_stopped(
    marked: subprocess.Popen[bytes], stranger: subprocess.Popen[bytes]
) -> None:
    assert find_processes("earlier-run") == {marked.pid}
    stop_processes("earlier-run")
    assert _ended(marked)
    assert stranger.poll() is None


def test_a_process_that_does_not_listen_is_stopped_by_force() -> None:
    script = "trap '' TERM; echo ready; while :; do sleep 0.1; done"
    deaf = subprocess.Popen(["sh", "-c", script], env=os.environ | {MARK: "deaf-run"}, stdout=subprocess.PIPE)
    assert deaf.stdout is not None
    deaf.stdout.readline()
    stop_processes("deaf-run", patience=0.3)
    assert _ended(deaf)
    deaf.stdout.close()


def test_a_start_stops_what_an_earlier_run_left_behind(
    tmp_path: Path, marked: subprocess.Popen[bytes]
) -> None:
    (tmp_path / "demo.lock").write_text("earlier-run", "ascii")
    with only_demo(Place(tmp_path, 1, 2, 3)) as run:
        assert run != "earlier-run"
        assert _ended(marked)
        assert (tmp_path / "demo.lock").read_text("ascii") == run


@pytest.mark.parametrize("folder", ["/home/" + "long" * 30, "/home/li min/demo", "/home/a=b", "/home/约面"])
def test_sockets_move_when_the_demos_path_will_not_do(folder: str) -> None:
    place = Place(Path(folder), 1, 2, 3)
    assert place.folder not in place.sockets.parents
    assert len(os.fsencode(place.redis_socket)) <= 100


def test_sockets_stay_with_the_demo_otherwise() -> None:
    assert Place(Path("/srv/demo"), 1, 2, 3).sockets == Path("/srv/demo/run")
