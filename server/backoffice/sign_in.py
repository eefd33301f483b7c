"""Signing in and out."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import (
    begin_session,
    current_actor,
    current_staff,
    end_session,
    own_path,
    signed_in_staff,
)
from server.backoffice.rendering import say
from server.domain.errors import DomainError, TooManyTries, Unauthorized
from server.errors import status_of
from server.services.staff_accounts import sign_in_staff, sign_out_everywhere


@blueprint.get("/sign-in", endpoint="sign_in")
def show_sign_in() -> str | BaseResponse:
    """The sign-in page; who is signed in already goes on."""
    target = own_path(request.args.get("next"))
    if signed_in_staff() is not None:
        return redirect(target or url_for("backoffice.show_pending"), 303)
    return render_template("sign_in.html", email="", problem=None, next=target)


@blueprint.post("/sign-in", endpoint="submit_sign_in")
def submit_sign_in() -> tuple[str, int] | BaseResponse:
    """Check the password; a refusal keeps the address that was typed."""
    email, target = request.form.get("email", ""), own_path(request.form.get("next"))
    try:
        staff = sign_in_staff(email, request.form.get("password", ""), request.remote_addr)
    except (Unauthorized, TooManyTries) as error:
        return _refused(error, email, target)
    begin_session(staff)
    return redirect(target or url_for("backoffice.show_pending"), 303)


def _refused(error: DomainError, email: str, target: str | None) -> tuple[str, int]:
    page = render_template("sign_in.html", email=email, problem=error.message, next=target)
    return page, status_of(error)


@blueprint.post("/sign-out", endpoint="sign_out")
def sign_out() -> BaseResponse:
    """End the session on this device."""
    end_session()
    say("您已退出登录。")
    return redirect(url_for("backoffice.sign_in"), 303)


@blueprint.post("/sign-out-everywhere", endpoint="sign_out_everywhere")
def sign_out_of_all_devices() -> BaseResponse:
    """End all sessions of the signed-in account, this one included."""
    sign_out_everywhere(current_staff().id, current_actor())
    end_session()
    say("已退出所有设备，请重新登录。")
    return redirect(url_for("backoffice.sign_in"), 303)
