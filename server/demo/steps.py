"""What a first start does, step by step; a step that is done is written down and not done again."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from server.demo.candidate_visits import visit_all
from server.demo.commands import CommandError, Flask
from server.demo.company import Account, Company
from server.demo.place import Place
from server.demo.staff_visits import bind_all
from server.demo.workbook import write_workbook

_EMAIL_TAKEN = "已有账号"


@dataclass(frozen=True)
class Work:
    """What the steps work with."""

    place: Place
    flask: Flask
    company: Company


def create_accounts(work: Work) -> str:
    """Create the HR accounts, two at a time; one that is there already stays."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        created = list(pool.map(lambda account: _create_account(work, account), work.company.accounts))
    return f"{len(created)} accounts (员工账号)"


def _create_account(work: Work, account: Account) -> None:
    options = ["--email", account.email, "--name", account.name, "--role", account.role]
    options += ["--department", account.department] if account.department else []
    options += ["--phone", account.phone] if account.phone else []
    try:
        work.flask.run("create-staff", *options, YUEMIAN_NEW_PASSWORD=work.company.password)
    except CommandError as problem:
        if _EMAIL_TAKEN not in problem.output:
            raise


def seed_reasons(work: Work) -> str:
    """Put the reasons of config/reasons.toml into the database."""
    work.flask.run("seed-reasons")
    return ""


def import_interviews(work: Work) -> str:
    """Write the workbook, unless an interrupted start wrote it already, and import it."""
    if not work.place.workbook.exists():
        write_workbook(work.company, work.place.workbook)
    work.flask.run("import-interviews", str(work.place.workbook))
    return f"{len(work.company.candidates)} interviews (AI面试) in {len(work.company.slots)} sessions (场次)"


def visit_candidates(work: Work) -> str:
    """The candidates' first visits."""
    return f"{visit_all(work.place, work.flask)} candidates (候选人) opened their invitation"


def bind_staff(work: Work) -> str:
    """HR binds WeChat."""
    return f"{bind_all(work.place, work.company)} recruiters (招聘专员) bound WeChat"


STEPS: dict[str, tuple[str, Callable[[Work], str]]] = {
    "reasons": ("Adding the reasons (取消原因)", seed_reasons),
    "accounts": ("Creating the accounts", create_accounts),
    "interviews": ("Importing interviews.xlsx", import_interviews),
    "candidates": ("The candidates' first visits", visit_candidates),
    "staff": ("HR's first visits", bind_staff),
}


class Progress:
    """Which steps are done, kept in the demo's folder."""

    def __init__(self, place: Place) -> None:
        self._file = place.folder / "progress.json"
        self._done: list[str] = json.loads(self._file.read_text("utf-8")) if self._file.exists() else []

    def missing(self) -> list[str]:
        """The steps that are still to be done, in their order."""
        return [step for step in STEPS if step not in self._done]

    def done(self, step: str) -> None:
        """Write a step down."""
        self._done.append(step)
        self._file.write_text(json.dumps(self._done), "utf-8")
