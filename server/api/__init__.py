"""The JSON API: what the mini-program calls."""

from flask import Flask
from flask_smorest import Api

from server.api import interviews, notices, openings, reasons, sessions, subscriptions
from server.api.schemas import ProblemSchema

PREFIX = "/api/v1"


class JsonApi(Api):
    """flask-smorest without its own error answers: `server.errors` answers for the whole application."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to `server.errors`."""


def register(app: Flask) -> None:
    """Mount the API under `/api/v1`, with its description at `/api/v1/openapi.json`."""
    app.config.update(
        API_TITLE="Yuemian",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": "What the WeChat mini-program calls on behalf of a candidate."},
            "components": {"securitySchemes": {"candidate": {"type": "http", "scheme": "bearer"}}},
        },
    )
    api = JsonApi(app)
    for module in (sessions, interviews, reasons, notices, subscriptions, openings):
        api.register_blueprint(module.blueprint, url_prefix=PREFIX)
