"""Logging: one line an event, with the request's id, and without anything that opens or names a person."""

import logging
import re
import secrets
import sys

from flask import Flask, Response, g, has_request_context, request

# Query values that open something; WeChat puts its credentials there too.
_SECRETS = re.compile(
    r"(access_token|secret|js_code|code|token|openid|invite|d|state)=[^&\s\"']+", re.IGNORECASE
)
# The link of HR's alert; the same token is what the alert's page reports with.
_ALERT_LINKS = re.compile(r"/m/[A-Za-z0-9_-]{16,}")
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return _ALERT_LINKS.sub("/m/…", _SECRETS.sub(r"\1=…", super().format(record)))


def configure_logging(level: str) -> None:
    """Send everything to standard error, where the supervisor or the container picks it up."""
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"))
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one.formatter, _Redacting)]:
        root.removeHandler(handler)
    root.addHandler(stream)
    root.setLevel(level)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def install_request_ids(app: Flask) -> None:
    """Give every request an id (a proxy's own is kept), which answers and log lines carry."""

    @app.before_request
    def _begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.match(given) else secrets.token_hex(8)

    @app.after_request
    def _end(response: Response) -> Response:
        response.headers.setdefault("X-Request-ID", g.get("request_id", "-"))
        return response
