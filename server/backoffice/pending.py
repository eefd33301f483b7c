"""待处理: what candidates cancelled and HR has not confirmed, and what was handled last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_staff
from server.backoffice.rendering import wants_part
from server.domain import clock
from server.domain.cancellation import Initiator
from server.domain.permissions import Permission, scope_of
from server.models import Cancellation, Delivery, Notice, Staff
from server.queries.board import board_marks, candidate_messages
from server.queries.calls import list_call_ids, list_calls
from server.queries.cancellations import list_pending, list_recently_confirmed

# What the viewer has just confirmed stays where it was for this long: nothing jumps away under the hand.
_STAYS = timedelta(minutes=2)
_PART = "pending/_board.html"


@dataclass(frozen=True)
class Board:
    """`calls` are candidates to be called; `rows` wait or were just confirmed by the viewer; `handled` are
    older; `messages` by cancellation.
    """

    calls: list[Notice]
    rows: list[Cancellation]
    handled: list[Cancellation]
    messages: dict[int, Delivery]
    waiting: int
    may_confirm: bool
    version: str


@blueprint.get("/", endpoint="show_pending")
def show_pending() -> str:
    """The board, or for htmx its changing part."""
    return render_template(_PART if wants_part() else "pending/page.html", **board_values())


def board_values() -> dict[str, Board]:
    """What the board's templates need, as the signed-in member of staff may see it."""
    staff = current_staff()
    version = board_version(staff)
    waiting = list_pending(staff)
    recent = list_recently_confirmed(staff)
    fresh = [row for row in recent if _is_fresh(row, staff)]
    return {
        "board": Board(
            calls=list_calls(staff),
            rows=sorted([*waiting, *fresh], key=lambda row: (row.tell_by, row.id)),
            handled=[row for row in recent if row not in fresh],
            messages=candidate_messages([row.id for row in recent]),
            waiting=len(waiting),
            may_confirm=scope_of(staff.role, Permission.CONFIRM_CANCELLATION) is not None,
            version=version,
        )
    }


def board_version(staff: Staff) -> str:
    """A text that changes when the board of `staff` does."""
    marks = board_marks(staff)
    fresh = [str(id_) for id_, by, at in marks.confirmed if by == staff.id and at and _is_recent(at)]
    handled = [str(id_) for id_, _, _ in marks.confirmed]
    waiting, calls = (",".join(map(str, ids)) for ids in (marks.waiting, list_call_ids(staff)))
    return "|".join([waiting, ",".join(handled), ",".join(fresh), marks.messages, calls])


def _is_fresh(row: Cancellation, staff: Staff) -> bool:
    mine = row.confirmed_by_id == staff.id and row.initiator is Initiator.CANDIDATE
    return mine and row.confirmed_at is not None and _is_recent(row.confirmed_at)


def _is_recent(at: datetime) -> bool:
    return clock.utc_now() - at < _STAYS
