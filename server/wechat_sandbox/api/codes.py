"""Codes a camera can read: 小程序码 and the official account's 带参数二维码."""

import io
import re
import secrets
from typing import Any

import segno
from flask import Blueprint, Response, abort, jsonify, request

from server.wechat_sandbox.api.access import calling_account, posted_object
from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.context import seconds_now, the_sandbox

blueprint = Blueprint("codes", __name__)

LONGEST_LIFE_SECONDS = 2_592_000
_SCENE = re.compile(r"[A-Za-z0-9!#$&'()*+,/:;=?@\-._~]{1,32}")
_VERSIONS = {"release", "trial", "develop"}


@blueprint.route("/wxa/getwxacodeunlimit", methods=["GET", "POST"])
def unlimited_code() -> Response:
    """Draw a mini-program code and return its PNG bytes (小程序文档 · 获取不限制的小程序码)."""
    sandbox, account, body = the_sandbox(), calling_account("miniprogram"), posted_object()
    scene, page = body.get("scene"), body.get("page", account.pages[0])
    if not isinstance(scene, str) or not isinstance(page, str) or not _has_good_options(body):
        raise PlatformError(40097)
    if not _SCENE.fullmatch(scene):
        raise PlatformError(40129)
    if body.get("check_path", True) and page not in account.pages:
        raise PlatformError(41030)
    with sandbox.documents.change():
        sandbox.documents.remove("wxacodes", scene)
        made = {"scene": scene, "page": page, "made": seconds_now()}
        sandbox.documents.put("wxacodes", scene, made)
    return _picture(f"{page}?scene={scene}", dark="#0b5d33")


@blueprint.route("/cgi-bin/qrcode/create", methods=["GET", "POST"])
def create_qrcode() -> Response:
    """Make a code that carries a scene to whoever scans it (服务号文档 · 生成带参数的二维码)."""
    calling_account("official")
    sandbox, body = the_sandbox(), posted_object()
    scene, lasting = _scene(body), "LIMIT" in body["action_name"]
    seconds = body.get("expire_seconds", 60)
    if not isinstance(seconds, int) or not 0 < seconds <= LONGEST_LIFE_SECONDS:
        raise PlatformError(40053)
    ticket = "gQ" + secrets.token_urlsafe(70)[:90] + "=="
    url = f"http://weixin.qq.com/q/{secrets.token_urlsafe(16)}"
    made = seconds_now()
    code = {"ticket": ticket, "scene": scene, "url": url, "made": made}
    code["expires"] = None if lasting else made + seconds
    sandbox.documents.put("qrcodes", ticket, code)
    life = {} if lasting else {"expire_seconds": seconds}
    return jsonify(ticket=ticket, **life, url=url)


@blueprint.get("/cgi-bin/showqrcode")
def show_qrcode() -> Response:
    """Draw the code of a ticket; 404 when there is none or it has expired."""
    code = the_sandbox().documents.find("qrcodes", request.args.get("ticket", ""))
    if code is None or (code["expires"] or seconds_now()) < seconds_now():
        abort(404, "No such ticket.")
    return _picture(code["url"])


def _has_good_options(body: dict[str, Any]) -> bool:
    width = body.get("width", 430)
    return isinstance(width, int) and 280 <= width <= 1280 and body.get("env_version", "release") in _VERSIONS


def _scene(body: dict[str, Any]) -> str:
    action, info = body.get("action_name"), body.get("action_info")
    given = info.get("scene") if isinstance(info, dict) else None
    if action in {"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"}:
        scene = given.get("scene_str") if isinstance(given, dict) else None
        if isinstance(scene, str) and 1 <= len(scene) <= 64:
            return scene
    elif action in {"QR_SCENE", "QR_LIMIT_SCENE"}:
        number = given.get("scene_id") if isinstance(given, dict) else None
        if isinstance(number, int) and 0 < number < 2**32:
            return str(number)
    else:
        raise PlatformError(40052)
    raise PlatformError(40053)


def _picture(text: str, dark: str = "#000") -> Response:
    stream = io.BytesIO()
    segno.make_qr(text, error="m").save(stream, kind="png", scale=8, border=4, dark=dark)
    return Response(stream.getvalue(), mimetype="image/png")
