"""Whether the installation is well: for monitors as JSON, for people as a sentence on every page."""

import time
from dataclasses import dataclass

from flask import Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from server.backoffice.blueprint import blueprint
from server.db import db
from server.queries.board import retrying_count
from server.queries.health import database_answers, outbox_health
from server.runtime import runtime

_LATE_SECONDS = 120
_KEEP_SECONDS = 3.0
_KEY = "yuemian_trouble"


@dataclass
class _Trouble:
    words: str | None = None
    checked_at: float = float("-inf")


@blueprint.get("/healthz", endpoint="healthz")
def healthz() -> Response:
    """The process lives; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz", endpoint="readyz")
def readyz() -> tuple[Response, int]:
    """Whether work gets done: 503 without the database or with messages stuck; without Redis degraded."""
    redis = runtime().nudger.is_alive()
    try:
        database, oldest = database_answers(), outbox_health().oldest_due_seconds
    except SQLAlchemyError:
        db.session.rollback()
        body = {"status": "down", "database": False, "redis": redis, "oldest_due_seconds": None}
        return jsonify(body), 503
    stuck = oldest > _LATE_SECONDS
    status = "down" if stuck or not database else "ok" if redis else "degraded"
    body = {"status": status, "database": database, "redis": redis, "oldest_due_seconds": round(oldest, 1)}
    return jsonify(body), 503 if status == "down" else 200


def trouble() -> str | None:
    """What people should know about the installation, in a sentence; None when all is well.

    Asked by every open page every other moment, so an answer is kept for a few seconds.
    """
    kept: _Trouble = current_app.extensions.setdefault(_KEY, _Trouble())
    if time.monotonic() - kept.checked_at > _KEEP_SECONDS:
        kept.words, kept.checked_at = _look(), time.monotonic()
    return kept.words


def _look() -> str | None:
    oldest = outbox_health().oldest_due_seconds
    if oldest > _LATE_SECONDS:
        minutes = int(oldest // 60)
        return f"消息发送积压：最早的一条已等待 {minutes} 分钟，请联系管理员检查发送进程。"
    if count := retrying_count():
        return f"微信暂时没有接收 {count} 条消息，系统正在自动重试。"
    if not runtime().nudger.is_alive():
        return "Redis 没有连接：消息改由定时扫描发出，可能晚几秒到达，不会丢失。"
    return None
