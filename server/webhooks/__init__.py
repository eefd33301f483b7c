"""What others push to us."""

from flask import Flask

from server.webhooks.wechat import blueprint


def register(app: Flask) -> None:
    """Mount the push addresses."""
    app.register_blueprint(blueprint)
