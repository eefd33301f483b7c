"""What the demo says at the terminal."""

import contextlib
import sys
import time
import unicodedata
from collections.abc import Iterator

from server.demo.company import Company
from server.demo.place import Place

_WIDTH = 34


def speak_plainly() -> None:
    """Let a terminal that cannot show Chinese show question marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def say(text: str = "", end: str = "\n") -> None:
    """Print a line at once; a terminal that was closed in the meantime is no reason to stop half-way."""
    with contextlib.suppress(OSError):
        print(text, end=end, flush=True)


@contextlib.contextmanager
def progress(text: str) -> Iterator[list[str]]:
    """Announce a step and, at its end, how long it took; the result put in the list is said beside it."""
    say(f"  {_padded(text, _WIDTH)}", end="")
    started = time.monotonic()
    result: list[str] = []
    try:
        yield result
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - started:5.1f} s  {' '.join(result)}".rstrip())


def show_places(place: Place, company: Company, first_candidate: str, seconds: float) -> None:
    """Where to look and what to try."""
    staff = next(account for account in company.accounts if account.wechat)
    say()
    say(f"Yuemian (约面) runs; the start took {seconds:.0f} s.")
    say()
    say(f"  Back office (招聘后台)        {place.web_url}/")
    say(f"  Candidate's phone (候选人)    {place.sandbox_url}/phone/?person={first_candidate}")
    say(f"  HR's phone (招聘专员)         {place.hr_sandbox_url}/phone/hr?person={staff.wechat}")
    say()
    say(f"  Accounts, all with the password {company.password}:")
    for account in company.accounts:
        department = f" · {account.department}" if account.department else ""
        say(f"    {account.email:26}{_padded(account.name, 12)}{account.title}{department}")
    say()
    say(f"  Try: 1. Sign in as {staff.email} and leave the page open.")
    say("       2. On the candidate's phone, open the card (面试邀请通知) and cancel with a reason.")
    say("       3. See it arrive in the back office and on HR's phone; confirm it; the candidate hears.")
    say()
    say(f"  Logs are in {place.logs}. Ctrl-C stops everything; the next start keeps the data.")


def _padded(text: str, columns: int) -> str:
    """`text` filled up to `columns`; a Chinese character takes two."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return text + " " * (columns - len(text) - wide)
