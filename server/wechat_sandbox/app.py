"""Puts one sandbox together as a WSGI application."""

from pathlib import Path

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from server.wechat_sandbox import backend, phone
from server.wechat_sandbox.api import (
    codes,
    login,
    oauth,
    subscribe_messages,
    template_messages,
    templates,
    tokens,
    users,
)
from server.wechat_sandbox.api.errors import PlatformError, answer_error
from server.wechat_sandbox.api.faults import stand_in_the_way
from server.wechat_sandbox.config import Configuration
from server.wechat_sandbox.context import Sandbox
from server.wechat_sandbox.control import people as control_people
from server.wechat_sandbox.control import phone as control_phone
from server.wechat_sandbox.control import scans, settings
from server.wechat_sandbox.documents import Documents
from server.wechat_sandbox.mail import control as control_mail
from server.wechat_sandbox.mail.serving import MailServing, serve_mail
from server.wechat_sandbox.push.pusher import Pusher
from server.wechat_sandbox.seed import seed
from server.wechat_sandbox.sms import endpoints as sms

BLUEPRINTS = [
    module.blueprint
    for module in (
        tokens,
        login,
        subscribe_messages,
        template_messages,
        templates,
        codes,
        users,
        oauth,
        control_people,
        control_phone,
        control_mail,
        sms,
        scans,
        settings,
        backend,
        phone,
    )
]


def create_app(
    configuration: Configuration,
    backend_url: str,
    state: Path | None = None,
    mail: MailServing | None = None,
) -> Flask:
    """Return the application; `state` is the file that survives a restart, None keeps nothing.

    With `mail` a mail server runs beside it.
    """
    documents = Documents(state)
    seed(configuration, documents)
    pusher = Pusher(
        configuration, documents, lambda: documents.find("settings", "current") or {}, backend_url
    )
    app = Flask("wechat_sandbox", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    sandbox = Sandbox(configuration, documents, pusher, backend_url.rstrip("/"))
    app.extensions["wechat_sandbox"] = sandbox
    app.before_request(stand_in_the_way)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_error_handler(PlatformError, answer_error)
    app.register_error_handler(HTTPException, _tell)
    app.add_url_rule("/healthz", "healthz", lambda: "ok")
    pusher.start()
    if mail:
        serve_mail(sandbox, mail)
    return app


def _tell(problem: HTTPException) -> tuple[Response, int]:
    return jsonify(error=problem.description), problem.code or 500
