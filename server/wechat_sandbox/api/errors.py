"""The platform's error answers: HTTP 200 with errcode and errmsg.

Source: 小程序文档 · 全局返回码, and each endpoint's own table.
"""

import secrets
import time
from typing import Any

from flask import Response, jsonify, request

MESSAGES = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40013: "invalid appid",
    40014: "invalid access_token",
    40029: "invalid code",
    40037: "invalid template_id",
    40039: "invalid url size",
    40052: "invalid action name",
    40053: "invalid action info",
    40097: "invalid args",
    40125: "invalid appsecret",
    40129: "invalid scene",
    40163: "code been used",
    40164: "invalid ip, not in whitelist",
    40226: "code blocked",
    40243: "AppSecret has been frozen",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41008: "missing code",
    41030: "invalid page",
    42001: "access_token expired",
    43002: "require POST method",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    43107: "subscribe message capability is banned",
    43108: "concurrent sends to the same user",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45168: "content contains sensitive words",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
}


class PlatformError(Exception):
    """The platform refuses a call with this errcode; `message` when the usual one does not do."""

    def __init__(self, code: int, message: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message or MESSAGES.get(code, "error")


def answer_error(problem: PlatformError) -> Response:
    """Answer a refusal; the message ends in the request id, after a comma under /sns/."""
    comma = "," if request.path.startswith("/sns/") else ""
    return jsonify(errcode=problem.code, errmsg=f"{problem.message}{comma} rid: {request_id()}")


def ok(**values: Any) -> Response:
    """Answer success with the values of this endpoint."""
    return jsonify(errcode=0, errmsg="ok", **values)


def request_id() -> str:
    """Return a rid: the time and two random numbers, eight hexadecimal digits each."""
    return f"{int(time.time()):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
