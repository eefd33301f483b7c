"""`/m/<token>`: where the alert in HR's WeChat leads, signing its reader in on the way.

WeChat and others fetch links to preview them, so a GET marks nothing: the page reports that it is open.
"""

import logging
import secrets

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import begin_session, current_staff, signed_in_staff
from server.domain.errors import Unauthorized
from server.errors import status_of
from server.models import Delivery
from server.queries.deliveries import find_alert
from server.runtime import runtime
from server.services.openings import report_opened_by_staff
from server.services.staff_accounts import sign_in_by_wechat
from server.wechat.errors import WeChatError

_KEEP = 5  # authorizations under way in one browser

log = logging.getLogger(__name__)


@blueprint.get("/m/<token>", endpoint="open_alert")
def open_alert(token: str) -> BaseResponse | tuple[str, int]:
    """Lead the recipient to the cancellation; whoever is not signed in is asked who they are by WeChat."""
    alert = find_alert(token)
    if alert is None:
        return _problem("这个提醒链接无效，请从微信里的提醒重新打开。", 404)
    if signed_in_staff() is None:
        return redirect(_authorize_url(token), 302)
    return redirect(_page_of(alert), 302)


@blueprint.get("/m/oauth", endpoint="finish_oauth")
def finish_oauth() -> BaseResponse | tuple[str, int]:
    """WeChat sends the reader back with a code; `state` proves that this browser asked for it."""
    pending = session.get("authorizing", {})
    token = pending.pop(request.args.get("state", ""), None)
    session["authorizing"] = pending
    alert = find_alert(token) if token else None
    code = request.args.get("code")
    if token is None or alert is None or not code:
        return _problem("这次微信登录已失效，请从微信里的提醒重新打开。", 400, token)
    try:
        staff = sign_in_by_wechat(runtime().official.openid_from_oauth(code), request.remote_addr)
    except WeChatError as error:
        log.warning("web authorization failed: %s", error.code)
        return _problem(f"微信登录没有成功：{error.words}", 503, token)
    except Unauthorized as error:
        return _problem(error.message, status_of(error), token)
    begin_session(staff)
    return redirect(_page_of(alert), 302)


@blueprint.post("/m/<token>/opened", endpoint="report_opened")
def report_opened(token: str) -> tuple[str, int]:
    """The page says that its reader has it open; counts only for the alert's recipient."""
    report_opened_by_staff(token, current_staff())
    return "", 204


def _authorize_url(token: str) -> str:
    state = secrets.token_hex(16)
    pending = dict(list(session.get("authorizing", {}).items())[1 - _KEEP :])
    session["authorizing"] = {**pending, state: token}
    public_url = runtime().settings.public_url.rstrip("/")
    return runtime().official.authorize_url(f"{public_url}{url_for('backoffice.finish_oauth')}", state)


def _page_of(alert: Delivery) -> str:
    """The cancellation's page; only its recipient's page carries the token that reports the opening."""
    staff = signed_in_staff()
    own = staff is not None and alert.notice.staff_id == staff.id
    return url_for(
        "backoffice.show_cancellation",
        cancellation_id=alert.notice.cancellation_id or 0,
        d=alert.token if own else None,
    )


def _problem(message: str, status: int, token: str | None = None) -> tuple[str, int]:
    target = url_for("backoffice.open_alert", token=token) if token else None
    return render_template("alert_problem.html", message=message, next=target), status
