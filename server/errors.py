"""The one map from errors to HTTP: JSON under /api/, a page everywhere else."""

import logging
from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from server.domain import errors as domain

log = logging.getLogger(__name__)

_STATUS: dict[type[domain.DomainError], int] = {
    domain.NotFound: 404,
    domain.InvalidTransition: 409,
    domain.Conflict: 409,
    domain.Invalid: 422,
    domain.Unauthorized: 401,
    domain.Forbidden: 403,
    domain.TooManyTries: 429,
    domain.Unavailable: 503,
}
_HTTP_MESSAGES = {
    400: ("bad_request", "请求无法识别，请检查后重试。"),
    401: ("unauthorized", "登录已过期，请重新登录。"),
    403: ("forbidden", "您没有权限进行这个操作。"),
    404: ("not_found", "没有找到这个页面，可能已被移除。"),
    405: ("method_not_allowed", "不支持这种请求方式。"),
    413: ("too_large", "提交的内容太大。"),
    415: ("unsupported_media_type", "请以 JSON 格式提交。"),
    422: ("invalid", "提交的内容有误，请检查后重试。"),
    429: ("too_many_tries", "操作过于频繁，请稍后再试。"),
}
_BROKEN = ("internal", "系统出了点问题，我们已记录下来。请稍后再试。")


def status_of(error: domain.DomainError) -> int:
    """The HTTP status of a domain error."""
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 409)


def register_error_handlers(app: Flask) -> None:
    """Answer every error in words."""

    @app.errorhandler(domain.DomainError)
    def _domain(error: domain.DomainError) -> tuple[Response | str, int]:
        return _answer(status_of(error), error.code, error.message, error.errors)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[Response | str, int]:
        status = error.code or 500
        code, message = _HTTP_MESSAGES.get(status, _BROKEN if status >= 500 else _HTTP_MESSAGES[400])
        return _answer(status, code, message, _fields(getattr(error, "data", None)))

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> tuple[Response | str, int]:
        log.exception("unhandled %s", type(error).__name__)
        return _answer(500, *_BROKEN, {})


def _fields(data: Any) -> dict[str, list[str]]:
    """The fields of a schema's complaint, without the place (json, query, headers) they came from."""
    fields: dict[str, list[str]] = {}
    messages = data.get("messages") if isinstance(data, dict) else None
    for place in (messages or {}).values():
        if isinstance(place, dict):
            for name, problems in place.items():
                fields[name] = (
                    [str(problem) for problem in problems] if isinstance(problems, list) else [str(problems)]
                )
    return fields


def _answer(status: int, code: str, message: str, errors: dict[str, list[str]]) -> tuple[Response | str, int]:
    request_id = g.get("request_id", "-")
    if request.path.startswith(("/api/", "/webhooks/")):
        body = {"code": code, "message": message, "errors": errors, "request_id": request_id}
        return jsonify(body), status
    return render_template("error.html", status=status, message=message, request_id=request_id), status
