"""接口调用凭证: the classic and the stable access token, kept apart from each other."""

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, request

from server.wechat_sandbox.api.access import posted_object
from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.config import Account
from server.wechat_sandbox.context import Sandbox, seconds_now, the_sandbox

blueprint = Blueprint("tokens", __name__)

OVERLAP_SECONDS = 300
FORCED_PER_DAY = 20
FORCED_APART_SECONDS = 30
_DAY = 86_400


@blueprint.get("/cgi-bin/token")
def classic_token() -> Response:
    """Give a new token; the one before it lives five minutes longer (小程序文档 · 获取接口调用凭据)."""
    sandbox, account = the_sandbox(), _account(request.args)
    with sandbox.documents.change():
        _retire(sandbox, f"classic:{account.kind}", OVERLAP_SECONDS)
        token = _issue(sandbox, account, f"classic:{account.kind}")
    return jsonify(access_token=token, expires_in=_lifetime(sandbox))


@blueprint.route("/cgi-bin/stable_token", methods=["GET", "POST"])
def stable_token() -> Response:
    """Give the token in force and its remaining seconds (小程序文档 · 获取稳定版接口调用凭据)."""
    sandbox, body = the_sandbox(), posted_object()
    account = _account(body)
    slot = f"stable:{account.kind}"
    with sandbox.documents.change():
        if body.get("force_refresh") is True:
            _count_forced(sandbox, account)
            _retire(sandbox, slot, 0)
        current = sandbox.documents.find("current_tokens", slot)
        issued = sandbox.documents.find("tokens", current["token"]) if current else None
        left = int(issued["expires"] - seconds_now()) if issued else 0
        # WeChat changes the token by itself five minutes before its end; the old one stays good.
        if current is None or left <= min(OVERLAP_SECONDS, _lifetime(sandbox) / 2):
            return jsonify(access_token=_issue(sandbox, account, slot), expires_in=_lifetime(sandbox))
    return jsonify(access_token=current["token"], expires_in=left)


def _account(given: Any) -> Account:
    if given.get("grant_type") != "client_credential":
        raise PlatformError(40002)
    if not given.get("appid"):
        raise PlatformError(41002)
    if not given.get("secret"):
        raise PlatformError(41004)
    account = the_sandbox().configuration.account_of(given["appid"])
    if account is None:
        raise PlatformError(40013)
    if given["secret"] != account.secret:
        raise PlatformError(40125)
    return account


def _lifetime(sandbox: Sandbox) -> int:
    return int(sandbox.settings["token_seconds"])


def _issue(sandbox: Sandbox, account: Account, slot: str) -> str:
    token = "86_" + secrets.token_urlsafe(100)[:133]
    expires = seconds_now() + _lifetime(sandbox)
    document = {"account": account.kind, "expires": expires, "dies": expires + _DAY}
    sandbox.documents.put("tokens", token, document)
    sandbox.documents.put("current_tokens", slot, {"token": token})
    return token


def _retire(sandbox: Sandbox, slot: str, after_seconds: int) -> None:
    current = sandbox.documents.find("current_tokens", slot)
    issued = sandbox.documents.find("tokens", current["token"]) if current else None
    if current is None or issued is None:
        return
    dies = min(issued["dies"], seconds_now() + after_seconds)
    sandbox.documents.put("tokens", current["token"], issued | {"dies": dies})
    sandbox.documents.remove("current_tokens", slot)


def _count_forced(sandbox: Sandbox, account: Account) -> None:
    held = sandbox.documents.find("forced_refreshes", account.kind) or {"times": []}
    times = [moment for moment in held["times"] if moment > seconds_now() - _DAY]
    if len(times) >= FORCED_PER_DAY:
        raise PlatformError(45009)
    if times and times[-1] > seconds_now() - FORCED_APART_SECONDS:
        raise PlatformError(45011)
    sandbox.documents.put("forced_refreshes", account.kind, {"times": [*times, seconds_now()]})
