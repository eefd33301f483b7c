"""The parts of one running sandbox, and how a request finds them."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, request

from server.wechat_sandbox.config import Account, Configuration
from server.wechat_sandbox.documents import Document, Documents
from server.wechat_sandbox.push.pusher import Pusher


@dataclass
class Sandbox:
    """Configuration, memory and event pusher of one sandbox; `backend_url` is the web server's origin."""

    configuration: Configuration
    documents: Documents
    pusher: Pusher
    backend_url: str
    sends_in_progress: set[str] = field(default_factory=set)

    @property
    def settings(self) -> Document:
        """The settings now in force."""
        return self.documents.find("settings", "current") or self.configuration.settings

    def account(self, kind: str) -> Account:
        """Return the account of this kind ("miniprogram" or "official")."""
        return self.configuration.accounts[kind]


def the_sandbox() -> Sandbox:
    """Return the sandbox that serves the current request."""
    sandbox: Sandbox = current_app.extensions["wechat_sandbox"]
    return sandbox


def control_body() -> dict[str, Any]:
    """Return the JSON object a control request carries; anything else is answered with 400."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400, "The body must be a JSON object.")
    return body


def seconds_now() -> float:
    """Return the time in seconds since 1970."""
    return time.time()


def iso(seconds: float) -> str:
    """Write a time in seconds since 1970 as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
