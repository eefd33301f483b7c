"""Pages that follow by themselves ask here, every other moment, whether anything they show has changed."""

from flask import Response, jsonify, request

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_staff
from server.backoffice.health import trouble
from server.backoffice.pending import board_version
from server.backoffice.records import version_of
from server.domain.errors import NotFound
from server.models import Staff
from server.queries.cancellations import get_cancellation_for_staff, pending_count
from server.queries.interviews import get_for_staff
from server.queries.messages import get_notice_for_staff, messages_version, notice_version
from server.queries.staff import get_binding


@blueprint.get("/follow", endpoint="follow")
def follow() -> Response | tuple[str, int]:
    """204 while nothing has changed, else the new state.

    `page` names what is followed (`board`, `messages`, `interview:12`, `cancellation:7`, `notice:5`,
    `binding:3` or nothing); `v` is the page's version, `n` the count and `t` the warning that it shows.
    Changes nothing, marks nothing.
    """
    staff = current_staff()
    version = _version(request.args.get("page", ""), staff)
    waiting, words = pending_count(staff), trouble()
    shown = (request.args.get("v", ""), request.args.get("n", ""), request.args.get("t", ""))
    if shown == (version, str(waiting), words or ""):
        return "", 204
    return jsonify(version=version, waiting=waiting, trouble=words)


def _version(page: str, staff: Staff) -> str:
    kind, _, number = page.partition(":")
    if kind == "board":
        return board_version(staff)
    if kind == "messages":
        return messages_version()
    if not number.isdecimal():
        return ""
    if kind == "interview":
        return version_of(get_for_staff(int(number), staff))
    if kind == "cancellation":
        return version_of(get_cancellation_for_staff(int(number), staff).interview)
    if kind == "notice":
        return notice_version(get_notice_for_staff(int(number), staff))
    if kind == "binding":
        binding = get_binding(int(number), staff)
        return f"{binding.scanned_at is not None}-{binding.confirmed_at is not None}"
    raise NotFound
