"""面试: find interviews by name, number or position."""

from flask import request, url_for

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_staff
from server.backoffice.rendering import render_page
from server.domain.interview import InterviewStatus
from server.queries.deliveries import latest_to_candidates
from server.queries.interviews import Cursor, search_interviews, standing_cancellations


@blueprint.get("/interviews", endpoint="list_interviews")
def list_interviews() -> str:
    """One page of the list; the address keeps what was searched for."""
    text = request.args.get("q", "").strip()[:60]
    status = _status(request.args.get("status"))
    after = Cursor.parse(request.args.get("after"))
    page = search_interviews(current_staff(), text, status, after)
    ids = [interview.id for interview in page.items]
    next_url = None
    if page.next is not None:
        next_url = _address(text, status, page.next)
    return render_page(
        "interviews/page.html",
        "interviews/_results.html",
        interviews=page.items,
        messages=latest_to_candidates(ids),
        cancellations=standing_cancellations(ids),
        text=text,
        status=status,
        statuses=list(InterviewStatus),
        next_url=next_url,
        first_url=_address(text, status, None) if after else None,
        filtered=bool(text or status),
    )


def _status(value: str | None) -> InterviewStatus | None:
    return InterviewStatus(value) if value in set(InterviewStatus) else None


def _address(text: str, status: InterviewStatus | None, after: Cursor | None) -> str:
    return url_for(
        "backoffice.list_interviews",
        q=text or None,
        status=status.value if status else None,
        after=str(after) if after else None,
    )
