"""Control endpoints for the whole sandbox: settings, reset, what was accepted, the push address check."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify

from server.wechat_sandbox.context import control_body, the_sandbox
from server.wechat_sandbox.seed import reset as start_again

blueprint = Blueprint("settings", __name__, url_prefix="/sandbox")


@blueprint.get("/settings")
def show_settings() -> Response:
    """Show the settings in force."""
    return jsonify(the_sandbox().settings)


@blueprint.patch("/settings")
def change_settings() -> Response:
    """Change the settings named."""
    sandbox, body = the_sandbox(), control_body()
    with sandbox.documents.change():
        settings = sandbox.settings
        for key, value in body.items():
            if key not in settings:
                abort(400, f"Unknown setting {key}; known: {', '.join(settings)}.")
            settings[key] = _checked(key, value, settings[key])
        sandbox.documents.put("settings", "current", settings)
    return jsonify(settings)


@blueprint.post("/reset")
def reset() -> tuple[str, int]:
    """Forget everything that happened; people and settings are the configuration file's again."""
    sandbox = the_sandbox()
    start_again(sandbox.configuration, sandbox.documents)
    return "", 204


@blueprint.get("/accepted")
def list_accepted() -> Response:
    """List every message ever accepted, oldest first."""
    return jsonify(items=the_sandbox().documents.list("accepted"))


@blueprint.post("/push-check")
def check_push_address() -> Response:
    """Check the push address of {"account"} by GET with an echostr, as the admin page does: {"ok"}."""
    sandbox, kind = the_sandbox(), control_body().get("account")
    if kind not in sandbox.configuration.accounts:
        abort(400, 'account is "miniprogram" or "official".')
    return jsonify(ok=sandbox.pusher.check_address(sandbox.account(kind)))


def _checked(key: str, value: Any, before: Any) -> Any:
    if key == "push_mode" and value not in {"safe", "plain"}:
        abort(400, 'push_mode is "safe" or "plain".')
    if key == "push_format":
        if not isinstance(value, dict) or not set(value) <= set(before):
            abort(400, "push_format maps an account to json or xml.")
        if not set(value.values()) <= {"json", "xml"}:
            abort(400, "A format is json or xml.")
        return before | value
    if key == "fail_next":
        return [_checked_failure(one) for one in value] if isinstance(value, list) else abort(400, "A list.")
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    if isinstance(before, bool) and not isinstance(value, bool):
        abort(400, f"{key} is true or false.")
    if isinstance(before, int | float) and not isinstance(before, bool) and not is_number:
        abort(400, f"{key} is a number, zero or more.")
    return value


def _checked_failure(failure: Any) -> dict[str, Any]:
    if not isinstance(failure, dict) or not isinstance(failure.get("path"), str):
        abort(400, "fail_next holds {path, errcode, times}.")
    if not isinstance(failure.get("errcode"), int) or not isinstance(failure.get("times", 1), int):
        abort(400, "errcode and times are whole numbers.")
    return {"path": failure["path"], "errcode": failure["errcode"], "times": failure.get("times", 1)}
