"""网页授权: a page opened inside WeChat learns who opened it."""

import re
import secrets
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.context import seconds_now, the_sandbox
from server.wechat_sandbox.people import find_caller, openid_for

blueprint = Blueprint("oauth", __name__)

CODE_SECONDS = 300
_STATE = re.compile(r"[A-Za-z0-9]{0,128}")


@blueprint.get("/connect/oauth2/authorize")
def authorize() -> AnyResponse:
    """Send the browser back to redirect_uri with a code (服务号文档 · 网页授权, snsapi_base)."""
    sandbox, given = the_sandbox(), request.args
    account, back = sandbox.account("official"), given.get("redirect_uri", "")
    if given.get("appid") != account.appid or urlsplit(back).scheme not in {"http", "https"}:
        abort(400, "appid or redirect_uri 参数错误")
    if given.get("response_type") != "code" or given.get("scope") not in {"snsapi_base", "snsapi_userinfo"}:
        abort(400, "response_type or scope 参数错误")
    if not _STATE.fullmatch(given.get("state", "")):
        abort(400, "state 参数错误")
    person = find_caller()
    if person is None:
        abort(400, "请在微信客户端打开链接")
    code = "0" + secrets.token_hex(16)[:31]
    issued = {"person": person["id"], "expires": seconds_now() + CODE_SECONDS, "used": False}
    sandbox.documents.put("oauth_codes", code, issued | {"scope": given["scope"]})
    query = urlencode({"code": code, "state": given.get("state", "")})
    return redirect(f"{back}{'&' if urlsplit(back).query else '?'}{query}")


@blueprint.get("/sns/oauth2/access_token")
def access_token() -> Response:
    """Exchange a code for the openid of who opened the page; once, within five minutes."""
    sandbox, given = the_sandbox(), request.args
    account = sandbox.account("official")
    if given.get("appid") != account.appid:
        raise PlatformError(40013)
    if given.get("secret") != account.secret:
        raise PlatformError(40125)
    if given.get("grant_type") != "authorization_code":
        raise PlatformError(40002)
    with sandbox.documents.change():
        issued = sandbox.documents.find("oauth_codes", given.get("code", ""))
        if issued is None or issued["expires"] < seconds_now():
            raise PlatformError(40029)
        if issued["used"]:
            raise PlatformError(40163)
        sandbox.documents.put("oauth_codes", given["code"], issued | {"used": True})
    return jsonify(
        access_token="86_" + secrets.token_urlsafe(60),
        expires_in=7200,
        refresh_token="86_" + secrets.token_urlsafe(60),
        openid=openid_for(issued["person"], account.appid),
        scope=issued["scope"],
    )
