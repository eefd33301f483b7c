"""绑定微信: a code on the screen, a scan with the phone, a click to confirm."""

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_actor, current_staff
from server.backoffice.qr_codes import qr_svg
from server.backoffice.rendering import say, wants_part
from server.domain import clock
from server.domain.errors import DomainError, Unavailable
from server.errors import status_of
from server.queries.staff import get_binding
from server.services.staff_binding import confirm_binding, create_binding, remove_binding


@blueprint.get("/wechat", endpoint="show_wechat")
def show_wechat() -> str:
    """Whether a WeChat is bound, and the way to bind one."""
    return render_template("wechat/page.html", problem=None)


@blueprint.post("/wechat/codes", endpoint="create_code")
def create_code() -> tuple[str, int] | BaseResponse:
    """Make a code that is valid for five minutes."""
    try:
        binding = create_binding(current_staff())
    except Unavailable as error:
        return render_template("wechat/page.html", problem=error.message), status_of(error)
    return redirect(url_for("backoffice.show_code", binding_id=binding.id), 303)


@blueprint.get("/wechat/codes/<int:binding_id>", endpoint="show_code")
def show_code(binding_id: int) -> str:
    """The code, and after the scan the question whether it was this user's phone."""
    template = "wechat/_code.html" if wants_part() else "wechat/code.html"
    return render_template(template, **_code_values(binding_id), problem=None)


@blueprint.post("/wechat/codes/<int:binding_id>/confirmation", endpoint="confirm_code")
def confirm_code(binding_id: int) -> tuple[str, int] | BaseResponse:
    """Bind the WeChat that scanned."""
    try:
        confirm_binding(binding_id, current_staff(), current_actor())
    except DomainError as error:
        if status_of(error) != 409:
            raise
        page = render_template("wechat/code.html", **_code_values(binding_id), problem=error.message)
        return page, status_of(error)
    say("微信已绑定。候选人取消面试时，您会在微信里收到提醒。")
    return redirect(url_for("backoffice.show_wechat"), 303)


@blueprint.get("/wechat/unbinding", endpoint="plan_unbinding")
def plan_unbinding() -> str:
    """What unbinding means, before it is done."""
    return render_template("wechat/unbinding.html")


@blueprint.post("/wechat/unbinding", endpoint="unbind")
def unbind() -> BaseResponse:
    """Unbind; again it changes nothing."""
    remove_binding(current_staff(), current_actor())
    say("已解除微信绑定，提醒不再发到那台手机。")
    return redirect(url_for("backoffice.show_wechat"), 303)


def _code_values(binding_id: int) -> dict[str, Any]:
    binding = get_binding(binding_id, current_staff())
    expired = binding.scanned_at is None and clock.utc_now() >= binding.expires_at
    return {
        "binding": binding,
        "expired": expired,
        "qr": None if expired else qr_svg(binding.qr_url),
        "version": f"{binding.scanned_at is not None}-{binding.confirmed_at is not None}",
    }
