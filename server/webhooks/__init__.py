"""What others push to us."""

from flask import Flask

from server.webhooks import sms, wechat


def register(app: Flask) -> None:
    """Mount the push addresses."""
    for module in (wechat, sms):
        app.register_blueprint(module.blueprint)
