"""The demo's workbook is one that the import takes, with sessions that lie ahead."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server.demo.company import load_company
from server.demo.workbook import write_workbook
from server.services.workbooks import ImportRow, read_workbook
from tests.fixtures_sandbox import PROJECT

MONDAY = date(2024, 3, 11)


@pytest.fixture
def rows(tmp_path: Path) -> list[ImportRow]:
    return _rows(tmp_path, MONDAY)


def _rows(folder: Path, today: date) -> list[ImportRow]:
    path = folder / f"{today}.xlsx"
    assert write_workbook(load_company(), path, today) == 60
    return read_workbook(path, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("days", range(7))
def test_sessions_lie_two_to_nine_days_ahead_on_working_days(tmp_path: Path, days: int) -> None:
    today = MONDAY + timedelta(days=days)
    starts = {row.starts_at for row in _rows(tmp_path, today)}
    assert len(starts) == 8
    assert all(2 <= (start.date() - today).days <= 9 for start in starts)
    assert all(start.weekday() < 5 for start in starts)


def test_no_session_is_overbooked(rows: list[ImportRow]) -> None:
    taken = Counter(row.starts_at for row in rows)
    assert all(taken[row.starts_at] <= row.capacity for row in rows)


def test_everybody_is_a_person_of_their_own_and_reachable_by_nobody(rows: list[ImportRow]) -> None:
    assert len({row.mobile for row in rows}) == len(rows)
    assert all(row.mobile.startswith("1390000") for row in rows)
    assert all(row.email is not None and row.email.endswith("@example.com") for row in rows)


def test_whoever_has_a_phone_in_the_sandbox_is_invited_and_the_first_by_the_first_recruiter(
    rows: list[ImportRow],
) -> None:
    people = tomllib.loads((PROJECT / "config" / "sandbox.toml").read_text("utf-8"))["people"]
    candidates = [person["name"] for person in people if person["kind"] == "candidate"]
    assert [row.candidate for row in rows[: len(candidates)]] == candidates
    owner = next(account for account in load_company().accounts if account.wechat)
    assert rows[0].recruiter == owner.email
    assert {account.wechat for account in load_company().accounts} - {None} <= {
        person["id"] for person in people if person["kind"] == "staff"
    }
