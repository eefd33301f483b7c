"""Who is signed in: kept in Flask's signed session cookie, checked against the account on every request."""

import time
from urllib.parse import urlsplit

from flask import Response, g, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.domain.errors import Unauthorized
from server.models import Staff
from server.queries.sessions import find_active_staff
from server.services.audit import Actor, actor_of_staff

# Everything else asks for a sign-in.
PUBLIC_ENDPOINTS = frozenset(
    {
        "backoffice.sign_in",
        "backoffice.submit_sign_in",
        "backoffice.static_file",
        "backoffice.healthz",
        "backoffice.readyz",
        "backoffice.open_alert",
        "backoffice.finish_oauth",
    }
)
# Polled by open pages; they do not count as use of the session.
FOLLOWING_ENDPOINTS = frozenset({"backoffice.follow"})
_TOUCH_EVERY = 300  # seconds


def begin_session(staff: Staff) -> None:
    """Start a fresh session for `staff`; nothing of the one before stays, so it cannot have been planted."""
    session.clear()
    session.permanent = True
    session["staff_id"] = staff.id
    session["session_epoch"] = staff.session_epoch
    session["used_at"] = int(time.time())


def end_session() -> None:
    """Forget who was signed in on this device."""
    session.clear()
    g.pop("staff", None)


def signed_in_staff() -> Staff | None:
    """The account of this session; None when there is none, or it was disabled or signed out everywhere."""
    if "staff" not in g:
        staff_id, epoch = session.get("staff_id"), session.get("session_epoch")
        g.staff = None
        if isinstance(staff_id, int) and isinstance(epoch, int):
            g.staff = find_active_staff(staff_id, epoch)
    staff: Staff | None = g.staff
    return staff


def current_staff() -> Staff:
    """The account of this session on a page that requires one; raises Unauthorized elsewhere."""
    staff = signed_in_staff()
    if staff is None:
        raise Unauthorized("登录已过期，请重新登录。")
    return staff


def current_actor() -> Actor:
    """The signed-in member of staff as the one who acts, with the address the request came from."""
    return actor_of_staff(current_staff(), request.remote_addr)


def require_sign_in() -> BaseResponse | None:
    """Before every request: let signed-in staff through, send everybody else to the sign-in page."""
    if request.endpoint in PUBLIC_ENDPOINTS:
        return None
    if signed_in_staff() is None:
        return _ask_to_sign_in()
    if request.endpoint not in FOLLOWING_ENDPOINTS:
        _touch()
    return None


def _touch() -> None:
    now = int(time.time())
    if now - session.get("used_at", 0) > _TOUCH_EVERY:
        session["used_at"] = now


def _ask_to_sign_in() -> BaseResponse:
    if request.endpoint in FOLLOWING_ENDPOINTS:
        answer: Response = jsonify(code="unauthorized", message="登录已过期，请重新登录。")
        answer.status_code = 401
        return answer
    if request.headers.get("HX-Request"):
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path
        target = url_for("backoffice.sign_in", next=page or None)
        return Response(status=401, headers={"HX-Redirect": target})
    asked = request.full_path.rstrip("?")
    keep = request.method == "GET" and asked != "/"
    return redirect(url_for("backoffice.sign_in", next=asked if keep else None), 303)


def own_path(target: str | None) -> str | None:
    """`target` if it is a path of this site, else None: a sign-in link must not lead anywhere else."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    # Browsers read a backslash as a slash, and drop tabs and line ends inside an address.
    if "\\" in target or any(ord(letter) < 0x20 for letter in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
