"""A signed-in browser without a screen: it reads the form's token off the page and posts as a form does."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.models import Staff
from tests.builders import PASSWORD


class Browser(FlaskClient):
    """A client each of whose requests has a context, and so a database session, of its own."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request."""
        with self.application.app_context():
            return super().open(*args, **kwargs)


_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_HTMX = {"HX-Request": "true"}


def token_on(client: FlaskClient, path: str) -> str:
    """The token of the forms on a page."""
    found = _TOKEN.search(client.get(path).text)
    assert found, f"no form on {path}"
    return found.group(1)


def post(
    client: FlaskClient, path: str, page: str = "/wechat", htmx: bool = False, **fields: Any
) -> TestResponse:
    """Post a form that stands on `page`."""
    data = {"csrf_token": token_on(client, page), **fields}
    return client.post(path, data=data, headers=_HTMX if htmx else {})


def part(client: FlaskClient, path: str) -> TestResponse:
    """Get what htmx gets."""
    return client.get(path, headers=_HTMX)


def sign_in(client: FlaskClient, staff: Staff, password: str = PASSWORD, **fields: str) -> TestResponse:
    """Sign in by the form."""
    return post(client, "/sign-in", "/sign-in", email=staff.email, password=password, **fields)
