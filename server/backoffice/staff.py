"""员工账号: administrators create, disable and sign out HR accounts; for everybody else it does not exist."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.backoffice.blueprint import blueprint
from server.backoffice.current_staff import current_actor, current_staff
from server.backoffice.rendering import say
from server.domain.errors import Conflict, Invalid, NotFound
from server.domain.permissions import Permission, Role, scope_of
from server.errors import status_of
from server.queries.staff import list_departments, list_staff
from server.services.staff_accounts import create_staff, set_staff_active, sign_out_everywhere

_FIELDS = ("email", "name", "role", "department", "phone")


def _require_permission() -> None:
    if scope_of(current_staff().role, Permission.MANAGE_STAFF) is None:
        raise NotFound("没有找到这个页面，可能已被移除。")


@blueprint.get("/staff", endpoint="list_staff")
def show_staff() -> str:
    """All accounts."""
    _require_permission()
    return render_template("staff/page.html", accounts=list_staff())


@blueprint.get("/staff/new", endpoint="new_staff")
def show_new_staff() -> str:
    """The form for a new account."""
    _require_permission()
    return _form({"role": Role.RECRUITER.value}, {})


@blueprint.post("/staff", endpoint="create_staff")
def submit_new_staff() -> tuple[str, int] | BaseResponse:
    """Create an account; a refusal keeps everything that was typed except the password."""
    _require_permission()
    typed = {name: request.form.get(name, "").strip() for name in _FIELDS}
    if typed["role"] not in set(Role):
        return _form(typed, {"role": ["请选择角色"]}), 422
    try:
        made = create_staff(
            typed["email"],
            typed["name"],
            Role(typed["role"]),
            request.form.get("password", ""),
            department=typed["department"] or None,
            phone=typed["phone"],
            actor=current_actor(),
        )
    except (Invalid, Conflict) as error:
        return _form(typed, error.errors), status_of(error)
    say(f"已创建 {made.name} 的账号，请把初始密码当面告诉本人。")
    return redirect(url_for("backoffice.list_staff"), 303)


@blueprint.post("/staff/<int:staff_id>/<any(disabling, enabling):act>", endpoint="set_staff_active")
def change_active(staff_id: int, act: str) -> BaseResponse:
    """Disable an account, which ends its sessions at once, or enable it."""
    _require_permission()
    account = set_staff_active(staff_id, act == "enabling", current_actor())
    say(f"已{'启用' if account.active else '停用'} {account.name} 的账号。")
    return redirect(url_for("backoffice.list_staff"), 303)


@blueprint.post("/staff/<int:staff_id>/sign-out", endpoint="sign_out_staff")
def sign_out_staff(staff_id: int) -> BaseResponse:
    """End all sessions of an account."""
    _require_permission()
    account = sign_out_everywhere(staff_id, current_actor())
    say(f"{account.name} 已在所有设备上退出登录。")
    return redirect(url_for("backoffice.list_staff"), 303)


def _form(typed: Mapping[str, str], errors: Mapping[str, list[str]]) -> str:
    return render_template(
        "staff/form.html", typed=typed, errors=errors, roles=list(Role), departments=list_departments()
    )
