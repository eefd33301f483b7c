"""Trouble on demand: the platform is down, slow, or refuses the next calls of an endpoint."""

import socket
import time

from flask import Response, request

from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.context import Sandbox, the_sandbox

PLATFORM_PATHS = ("/cgi-bin/", "/sns/", "/wxa/", "/wxaapi/")
# It waits by itself, because two of its calls for one person overlap while they wait.
WAITS_BY_ITSELF = "/cgi-bin/message/subscribe/send"


def stand_in_the_way() -> Response | None:
    """Run before every call of the platform: cut it, refuse it or let it wait, as the settings say."""
    if not request.path.startswith(PLATFORM_PATHS):
        return None
    sandbox = the_sandbox()
    if sandbox.settings["down"]:
        return cut_connection()
    code = _next_failure(sandbox, request.path)
    if code is not None:
        raise PlatformError(code)
    if request.path != WAITS_BY_ITSELF:
        wait_latency(sandbox)
    return None


def wait_latency(sandbox: Sandbox) -> None:
    """Let the caller wait as long as `latency_ms` says."""
    time.sleep(sandbox.settings["latency_ms"] / 1000)


def cut_connection() -> Response:
    """Close the caller's connection without an answer; the response returned can no longer be written."""
    connection: socket.socket = request.environ["gunicorn.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    return Response(status=502)


def _next_failure(sandbox: Sandbox, path: str) -> int | None:
    with sandbox.documents.change():
        settings = sandbox.settings
        waiting = settings["fail_next"]
        for number, failure in enumerate(waiting):
            if failure["path"] == path:
                times = failure.get("times", 1) - 1
                rest = [failure | {"times": times}] if times > 0 else []
                waiting = [*waiting[:number], *rest, *waiting[number + 1 :]]
                sandbox.documents.put("settings", "current", settings | {"fail_next": waiting})
                return int(failure["errcode"])
    return None
