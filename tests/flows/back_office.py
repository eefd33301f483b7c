"""A member of staff in a browser, as far as HTTP goes."""

import re

import requests

from tests.installation import PASSWORD, Installation

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class BackOffice:
    """Keeps a session and its CSRF token."""

    def __init__(self, installation: Installation) -> None:
        self.url = installation.url
        self.sandbox = installation.sandbox
        self.http = requests.Session()

    def get(self, path: str) -> requests.Response:
        """GET a page."""
        return self.http.get(self.url + path, timeout=20)

    def post(self, path: str, form_page: str, **fields: str) -> requests.Response:
        """Submit a form that stands on `form_page`."""
        found = _CSRF.search(self.get(form_page).text)
        assert found, f"no form on {form_page}"
        return self.http.post(self.url + path, data={"csrf_token": found.group(1), **fields}, timeout=20)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in with the password."""
        answer = self.post("/sign-in", "/sign-in", email=email, password=password)
        assert answer.ok, answer.text
        assert not answer.url.endswith("/sign-in"), answer.text

    def bind_wechat(self, person: str) -> None:
        """Make a code, scan it with the person's phone, confirm on the screen."""
        from tests.installation import wait_until

        self.post("/wechat/code", "/wechat")
        [code] = [item for item in self.sandbox.codes() if item["kind"] == "official_qrcode"][:1]
        self.sandbox.scan(person, ticket=code["ticket"])
        action = wait_until(
            lambda: re.search(r'action="(/wechat/code/\d+/confirm)"', self.get("/wechat").text)
        )
        self.post(action.group(1), "/wechat")
