"""`kill -9` of the dispatcher, again and again, at moments drawn from a seed, over many messages.

The sandbox counts what it took for each person. A message it took twice is doubled; a message it never took
whose delivery claims to be more than `unknown` is lost.
"""

import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from server.app import create_app
from server.db import db
from server.services.cancellations import request_cancellation
from server.settings import load_settings
from tests import builders
from tests.fixtures_sandbox import INVITATION, STAFF_ALERT
from tests.installation import Installation, wait_until

LONG = os.environ.get("YUEMIAN_FAULTS") == "long"
MESSAGES, KILLS, SEEDS = (1000, 25, range(20)) if LONG else (160, 4, range(1))


@pytest.fixture
def installation(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installation]:
    """Everything but the dispatcher runs; this process may write into the same database."""
    with Installation(tmp_path_factory.mktemp("faults")) as running:
        # Small claims and a slow answer: there is always something in every stage to be killed in.
        running.environment["YUEMIAN_OUTBOX__BATCH"] = "20"
        running.sandbox.settings(latency_ms=60)
        for name, value in running.environment.items():
            if name.startswith("YUEMIAN_"):
                monkeypatch.setenv(name, value)
        running.start("web", "receipts", "cron")
        yield running


def _invite_many(installation: Installation) -> dict[str, str]:
    """One invitation for each of many people who have consented; openid → person."""
    people = {}
    for number in range(MESSAGES):
        person = installation.sandbox.add_person(f"many-{number}", f"候选人{number}")
        installation.sandbox.consent(person["id"], {INVITATION: "accept"})
        people[person["mp_openid"]] = person["id"]
    with create_app(load_settings()).app_context():
        position = builders.position()
        for openid in people:
            builders.invited(builders.interview(of=position, openid=openid))
        db.session.remove()
    return people


def _alert_many(installation: Installation) -> None:
    """Many cancellations, each with an alert to the one recruiter."""
    installation.sandbox.follow("li-min")
    openid = installation.sandbox.person("li-min")["oa_openid"]
    with create_app(load_settings()).app_context():
        position = builders.position(builders.staff(openid=openid))
        for number in range(MESSAGES // 2):
            interview = builders.interview(of=position)
            actor = builders.as_candidate(interview)
            request_cancellation(interview.id, actor, "personal", None, f"fault-key-{number:05d}")
        db.session.remove()


def _kill_again_and_again(installation: Installation, seed: int) -> int:
    """Returns how many kills came while messages were on their way."""
    moments, hits = random.Random(seed), 0
    for _ in range(KILLS):
        before = len(installation.sandbox.accepted())
        installation.start("outbox")
        deadline = time.monotonic() + 12
        while len(installation.sandbox.accepted()) == before and time.monotonic() < deadline:
            time.sleep(0.01)
        hits += len(installation.sandbox.accepted()) > before
        time.sleep(moments.random() * 0.25)
        installation.kill("outbox")
    installation.start("outbox")
    return hits


def _deliveries(installation: Installation, template: str) -> dict[str, tuple[str, str]]:
    with sqlite3.connect(f"file:{installation.folder / 'data.sqlite3'}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT token, address, status FROM deliveries WHERE template_id = ?", (template,)
        ).fetchall()
    return {token: (address, status) for token, address, status in rows}


def _settled(installation: Installation, template: str) -> bool:
    statuses = Counter(status for _, status in _deliveries(installation, template).values())
    return not {"queued", "sending", "accepted"} & set(statuses)


@pytest.mark.parametrize("seed", SEEDS)
def test_subscription_messages_are_never_doubled_and_what_nobody_knows_is_named(
    installation: Installation, seed: int
) -> None:
    people = _invite_many(installation)
    assert _kill_again_and_again(installation, seed) > 1
    wait_until(lambda: _settled(installation, INVITATION), 120, "an end to every message")
    taken = Counter(
        item["person"] for item in installation.sandbox.accepted() if item["template_id"] == INVITATION
    )
    assert max(taken.values()) == 1
    for address, status in _deliveries(installation, INVITATION).values():
        # What WeChat took is delivered, whoever was killed; what it did not take is never called more.
        assert status == ("delivered" if taken[people[address]] else "unknown")


@pytest.mark.parametrize("seed", SEEDS)
def test_template_messages_all_arrive_once(installation: Installation, seed: int) -> None:
    _alert_many(installation)
    assert _kill_again_and_again(installation, seed) > 1
    wait_until(lambda: _settled(installation, STAFF_ALERT), 180, "an end to every alert")
    alerts = _deliveries(installation, STAFF_ALERT)
    taken = Counter(
        item["client_msg_id"]
        for item in installation.sandbox.accepted()
        if item["template_id"] == STAFF_ALERT
    )
    assert taken == Counter(dict.fromkeys(alerts, 1))
    assert {status for _, status in alerts.values()} == {"delivered"}
