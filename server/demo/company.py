"""The demo's company as `config/demo/` describes it: accounts, positions, sessions and candidates."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from server.demo.place import PROJECT

_FOLDER = PROJECT / "config" / "demo"
_SATURDAY = 5


@dataclass(frozen=True)
class Account:
    """An HR account; `role` is the server's word for it, `title` what people read."""

    email: str
    name: str
    role: str
    title: str
    department: str | None = None
    phone: str | None = None
    wechat: str | None = None


@dataclass(frozen=True)
class Position:
    """A job."""

    name: str
    department: str
    recruiter: str
    hiring_manager: str


@dataclass(frozen=True)
class Slot:
    """A session (场次): the `workday`-th working day that is at least two days ahead, local times."""

    workday: int
    start: time
    end: time
    capacity: int

    def on(self, today: date) -> tuple[datetime, datetime]:
        """Start and end as local times, seen from `today`."""
        day, left = today + timedelta(days=1), self.workday
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < _SATURDAY
        return datetime.combine(day, self.start), datetime.combine(day, self.end)


@dataclass(frozen=True)
class Candidate:
    """A person invited to the interview for one position in one session (counted from 1)."""

    name: str
    mobile: str
    email: str
    position: str
    slot: int
    resume: str


@dataclass(frozen=True)
class Company:
    """Everything together."""

    password: str
    accounts: list[Account]
    positions: dict[str, Position]
    slots: list[Slot]
    candidates: list[Candidate]


def load_company(folder: Path = _FOLDER) -> Company:
    """Read company.toml and candidates.csv."""
    raw = tomllib.loads((folder / "company.toml").read_text(encoding="utf-8"))
    positions = [Position(**entry) for entry in raw["positions"]]
    with (folder / "candidates.csv").open(encoding="utf-8", newline="") as file:
        candidates = [
            Candidate(
                name=row["姓名"],
                mobile=row["手机号"],
                email=row["邮箱"],
                position=row["应聘岗位"],
                slot=int(row["场次"]),
                resume=row["简历摘要"],
            )
            for row in csv.DictReader(file)
        ]
    return Company(
        password=raw["password"],
        accounts=[Account(**entry) for entry in raw["accounts"]],
        positions={position.name: position for position in positions},
        slots=[Slot(**entry) for entry in raw["slots"]],
        candidates=candidates,
    )
