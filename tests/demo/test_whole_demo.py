"""The demo from its first start to Ctrl-C."""

import os
import signal
from pathlib import Path

import requests

from server.demo.processes import find_processes
from tests.demo.demo_process import DemoProcess, wait_until


def test_the_demo_comes_up_heals_itself_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with DemoProcess(tmp_path / "demo") as demo:
        demo.wait_until_it_runs()
        _first_candidate_has_the_invitation(demo)
        _a_killed_worker_comes_back(demo)
        _a_second_start_says_that_one_runs(demo)

        mark = demo.mark
        assert len(find_processes(mark)) >= 7
        assert demo.interrupt() == 0
        assert find_processes(mark) == set()
        assert "nothing of the demo runs any more" in demo.said()


def _first_candidate_has_the_invitation(demo: DemoProcess) -> None:
    inbox = f"http://127.0.0.1:{demo.sandbox_port}/sandbox/people/chen-siyuan/inbox"
    cards = requests.get(inbox, timeout=10).json()["items"]
    assert [card["title"] for card in cards] == ["面试邀请通知"]
    ready = requests.get(f"http://127.0.0.1:{demo.web_port}/readyz", timeout=10).json()
    assert ready["status"] == "ok"


def _a_killed_worker_comes_back(demo: DemoProcess) -> None:
    before = demo.pid_of("yuemian:worker-outbox")
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: demo.pid_of("yuemian:worker-outbox") not in (0, before))


def _a_second_start_says_that_one_runs(demo: DemoProcess) -> None:
    for options in ((), ("--reset",)):
        second = demo.run(*options)
        assert second.returncode == 1
        assert "A demo runs already" in second.stderr
