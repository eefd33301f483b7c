"""HR's pages: Jinja, htmx and a style sheet, mounted at `/`."""

from flask import Flask
from flask_wtf.csrf import CSRFError, CSRFProtect

from server.backoffice import (
    alerts,
    cancellations,
    follow,
    health,
    interviews,
    messages,
    pending,
    records,
    sign_in,
    staff,
    static_files,
    wechat_binding,
    wording,
)
from server.backoffice.blueprint import blueprint
from server.backoffice.compression import compress_page
from server.backoffice.current_staff import require_sign_in, signed_in_staff
from server.backoffice.page_headers import add_page_headers
from server.backoffice.qr_codes import qr_svg
from server.backoffice.rendering import page_expired
from server.queries.cancellations import pending_count

__all__ = [
    "alerts",
    "cancellations",
    "follow",
    "health",
    "interviews",
    "messages",
    "pending",
    "records",
    "register",
    "sign_in",
    "staff",
    "wechat_binding",
]

_csrf = CSRFProtect()


def register(app: Flask) -> None:
    """Mount the pages. Forms are protected in this blueprint only: the API's callers hold no cookie."""
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    # A token lives as long as the session it is bound to: pages stay open all day.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    # A page that follows by itself must not keep a session alive that nobody uses.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    _csrf.init_app(app)
    app.register_error_handler(CSRFError, page_expired)
    app.register_blueprint(blueprint)
    app.after_request(add_page_headers)
    app.jinja_env.globals.update(
        icon=static_files.icon,
        static_url=static_files.static_url,
        signed_in_staff=signed_in_staff,
        pending_count=pending_count,
        **wording.GLOBALS,
    )
    app.jinja_env.filters.update(wording.FILTERS, qr=qr_svg)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


# In this order: a signed-out visitor is asked to sign in before a form is looked at.
blueprint.before_request(require_sign_in)
blueprint.before_request(_csrf.protect)
blueprint.after_request(compress_page)
