"""Starts a demo, keeps it until it is told to stop, and stops it."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from server.demo.candidate_visits import phone_owners, wait_for_card
from server.demo.commands import Flask
from server.demo.company import load_company
from server.demo.errors import DemoError
from server.demo.lock import only_demo
from server.demo.place import Place
from server.demo.ports import check_ports
from server.demo.steps import STEPS, Progress, Work
from server.demo.supervision import Supervisor
from server.demo.terminal import progress, say, show_places
from server.demo.web_client import WebClient, wait_for

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_READY_SECONDS = 90
_LOG_LINES = 15
_WATCH_STEP = 0.5


def run_demo(place: Place) -> None:
    """Start the demo and keep it until Ctrl-C.

    Raises:
        DemoError: it cannot start, or its supervisor ended.
    """
    with _running(place) as supervisor:
        while supervisor.is_alive():
            time.sleep(_WATCH_STEP)
        raise DemoError(f"supervisord ended by itself; {place.logs}/supervisord.log says why.")


def check_demo(place: Place) -> None:
    """Start the demo, see the invitation card on the first candidate's phone, and stop.

    Raises:
        DemoError: something of it does not work.
    """
    with _running(place):
        sandbox = WebClient(place.sandbox_url)
        owner = phone_owners(sandbox)[0]
        card = wait_for_card(sandbox, owner["id"])
        say(f"The card 「{card['title']}」 is on {owner['name']}'s phone: the demo works.")


@contextmanager
def _running(place: Place) -> Iterator[Supervisor]:
    started = time.monotonic()
    with only_demo(place) as run:
        check_ports(place)
        place.make_folders()
        supervisor = Supervisor(place, run)
        try:
            try:
                _start(place, run, supervisor, started)
            except DemoError as problem:
                raise DemoError(f"{problem}\nThe logs are in {place.logs}.") from None
            yield supervisor
        finally:
            # A second Ctrl-C must not leave half of it running.
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            with progress("Stopping"):
                supervisor.stop()


def _start(place: Place, run: str, supervisor: Supervisor, started: float) -> None:
    flask, company, todo = Flask(place, run), load_company(), Progress(place)
    say(f"Yuemian demo (约面) in {place.folder}")
    with progress("Database"):
        flask.run("db", "upgrade")
    with progress("Servers and workers"):
        supervisor.start()
        _wait_until_ready(place, supervisor)
    work = Work(place, flask, company)
    for step in todo.missing():
        text, act = STEPS[step]
        with progress(text) as result:
            result.append(act(work))
        todo.done(step)
    first = phone_owners(WebClient(place.sandbox_url))[0]["id"]
    show_places(place, company, first, time.monotonic() - started)


def _wait_until_ready(place: Place, supervisor: Supervisor) -> None:
    for name, url in (("sandbox", f"{place.sandbox_url}/healthz"), ("web", f"{place.web_url}/readyz")):
        try:
            wait_for(url, lambda url=url: _answers(url, supervisor), _READY_SECONDS)  # type: ignore[misc]
        except DemoError as problem:
            raise DemoError(f"{problem} The last lines of its log:\n{_tail(place, name)}") from None


def _answers(url: str, supervisor: Supervisor) -> bool:
    if not supervisor.is_alive():
        raise DemoError("supervisord does not start; see supervisord.start.log.")
    try:
        return WebClient(url).get("").ok
    except DemoError:
        return False


def _tail(place: Place, name: str) -> str:
    file = place.logs / f"{name}.log"
    lines = file.read_text("utf-8", errors="replace").splitlines() if file.exists() else []
    return "\n".join(lines[-_LOG_LINES:]) or "(it is empty)"
