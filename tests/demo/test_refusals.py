"""A start that cannot work says so in one sentence, before it starts anything."""

import socket
import subprocess
from pathlib import Path

import pytest

from tests.demo.demo_process import DemoProcess
from tests.fixtures_sandbox import PROJECT


@pytest.mark.parametrize(
    ("taken", "variable"),
    [
        ("web_port", "YUEMIAN_DEMO_PORT"),
        ("sandbox_port", "YUEMIAN_DEMO_SANDBOX_PORT"),
        ("mail_port", "YUEMIAN_DEMO_MAIL_PORT"),
    ],
)
def test_a_busy_port_is_named_with_the_way_to_choose_another(
    tmp_path: Path, taken: str, variable: str
) -> None:
    demo = DemoProcess(tmp_path / "demo")
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", getattr(demo, taken)))
        somebody.listen()
        start = demo.run()
    assert start.returncode == 1
    assert f"Port {getattr(demo, taken)}" in start.stderr
    assert f"{variable}=" in start.stderr
    assert len(start.stderr.splitlines()) == 1


def test_a_port_that_is_no_number_is_named(tmp_path: Path) -> None:
    demo = DemoProcess(tmp_path / "demo")
    demo.web_port = "http"  # type: ignore[assignment]
    start = demo.run()
    assert start.returncode == 1
    assert start.stderr == "YUEMIAN_DEMO_PORT=http is not a port: give a number from 1024 to 65535.\n"


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "thesis.txt").write_text("ten years of work")
    demo = DemoProcess(folder)
    for options in ((), ("--reset",)):
        start = demo.run(*options)
        assert start.returncode == 1
        assert "holds something else" in start.stderr
    assert [file.name for file in folder.iterdir()] == ["thesis.txt"]


def test_a_reset_without_a_demo_says_so(tmp_path: Path) -> None:
    reset = DemoProcess(tmp_path / "demo").run("--reset")
    assert reset.returncode == 0
    assert reset.stdout == "There was no demo's data.\n"


@pytest.mark.parametrize(
    ("version", "new_enough", "has_venv", "sentence"),
    [
        ("3.9", False, True, "Yuemian needs Python 3.11 or newer, and this is Python 3.9:"),
        ("3.12", True, False, "Python 3.12 cannot make virtual environments:"),
        (None, False, False, "Yuemian needs Python 3.11 or newer, and none was found:"),
    ],
)
def test_make_says_what_is_wrong_with_the_machines_python(
    tmp_path: Path, version: str | None, new_enough: bool, has_venv: bool, sentence: str
) -> None:
    python = tmp_path / "python3"
    if version:
        answers = f"""\
case "$2" in
  *print*) echo {version} ;;
  *version_info*) exit {0 if new_enough else 1} ;;
  *ensurepip*) exit {0 if has_venv else 1} ;;
esac
"""
        python.write_text(f"#!/bin/sh\n{answers}")
        python.chmod(0o755)
    places = [f"PYTHONS={python}", "PYTHON=", f"BIN={tmp_path}/none/bin"]
    make = subprocess.run(
        ["make", *places, f"{tmp_path}/none/bin/python"],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert make.returncode != 0
    assert make.stderr.splitlines()[0].startswith(sentence)
