"""小程序登录: codes from wx.login and what the server gets for them."""

import base64
import secrets

from flask import Blueprint, Response, jsonify, request

from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.context import Sandbox, seconds_now, the_sandbox
from server.wechat_sandbox.people import openid_for

blueprint = Blueprint("login", __name__)

CODE_SECONDS = 300


def issue_login_code(sandbox: Sandbox, person_id: str, appid: str) -> str:
    """Return a code for a person that works once within five minutes (小程序文档 · wx.login)."""
    code = "0" + secrets.token_hex(16)[:31]
    expires = seconds_now() + CODE_SECONDS
    document = {"person": person_id, "appid": appid, "expires": expires, "used": False}
    sandbox.documents.put("login_codes", code, document)
    return code


@blueprint.get("/sns/jscode2session")
def code_to_session() -> Response:
    """Exchange a code for an openid (小程序文档 · 小程序登录凭证校验)."""
    sandbox = the_sandbox()
    account = sandbox.account("miniprogram")
    if request.args.get("appid") != account.appid:
        raise PlatformError(40013)
    if request.args.get("secret") != account.secret:
        raise PlatformError(40125)
    if request.args.get("grant_type") != "authorization_code":
        raise PlatformError(40002)
    code = request.args.get("js_code", "")
    if not code:
        raise PlatformError(41008)
    with sandbox.documents.change():
        issued = sandbox.documents.find("login_codes", code)
        if issued is None or issued["appid"] != account.appid or issued["expires"] < seconds_now():
            raise PlatformError(40029)
        if issued["used"]:
            raise PlatformError(40163)
        sandbox.documents.put("login_codes", code, issued | {"used": True})
    person = sandbox.documents.find("people", issued["person"]) or {}
    if person["behaviour"].get("login_blocked"):
        raise PlatformError(40226)
    session_key = base64.b64encode(secrets.token_bytes(16)).decode()
    return jsonify(session_key=session_key, openid=openid_for(person["id"], account.appid))
