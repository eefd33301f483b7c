"""Puts the application together."""

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from server import api, backoffice, cli, models, webhooks  # noqa: F401  (models: the tables must be known)
from server.db import db, prepare_engine
from server.errors import register_error_handlers
from server.logs import configure_logging, install_request_ids
from server.runtime import build_runtime, install_runtime
from server.settings import ROOT, Settings, load_settings

_MAX_BODY = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application.

    Raises:
        SettingsError, CatalogueError: the configuration or a message file cannot be used.
    """
    settings = settings or load_settings()
    configure_logging(settings.log_level)
    app = Flask("server", static_folder=None, template_folder="backoffice/templates")
    app.config.update(
        SECRET_KEY=settings.security.secret_key,
        SQLALCHEMY_DATABASE_URI=database_url(settings.database_url),
        MAX_CONTENT_LENGTH=_MAX_BODY,
        SESSION_COOKIE_NAME="yuemian_session",
        SESSION_COOKIE_SECURE=settings.security.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=settings.security.staff_session_hours * 3600,
    )
    proxies = settings.security.trusted_proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    install_runtime(app.extensions, build_runtime(settings))
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(ROOT / "server" / "migrations"), compare_type=True, render_as_batch=True)
    install_request_ids(app)
    register_error_handlers(app)
    api.register(app)
    webhooks.register(app)
    backoffice.register(app)
    cli.register(app)
    return app


def database_url(configured: str) -> str:
    """The database's address; a relative SQLite path is taken from the project's folder, which must exist."""
    url = make_url(configured)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return configured
    path = ROOT / url.database
    path.parent.mkdir(parents=True, exist_ok=True)
    return url.set(database=str(path)).render_as_string(hide_password=False)
