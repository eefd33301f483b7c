"""A member of staff in a browser, as far as HTTP goes."""

import re

import requests

from tests.installation import PASSWORD, Installation, wait_until

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class BackOffice:
    """Keeps a session; forms are submitted where the page says."""

    def __init__(self, installation: Installation) -> None:
        self.url = installation.url
        self.sandbox = installation.sandbox
        self.http = requests.Session()

    def get(self, path: str) -> requests.Response:
        """GET a page."""
        return self.http.get(self.url + path, timeout=20)

    def submit(self, page: str, action: str, **fields: str) -> requests.Response:
        """Submit the form of `page` whose action matches the pattern `action`, once it stands there."""

        def find() -> tuple[str, str] | None:
            text = self.get(page).text
            target, token = re.search(f'action="({action})"', text), _CSRF.search(text)
            return (target.group(1), token.group(1)) if target and token else None

        target, token = wait_until(find, what=f"a form for {action} on {page}")
        return self.http.post(self.url + target, data={"csrf_token": token, **fields}, timeout=20)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in with the password."""
        answer = self.submit("/sign-in", '[^"]*', email=email, password=password)
        assert answer.ok, answer.text
        assert "/sign-in" not in answer.url, answer.text

    def bind_wechat(self, person: str) -> None:
        """Make a code, scan it with the person's phone, confirm on the screen."""
        code_page = self.submit("/wechat", "/wechat/codes").url.removeprefix(self.url)
        code = next(item for item in self.sandbox.codes() if item["kind"] == "official_qrcode")
        self.sandbox.scan(person, ticket=code["ticket"])
        answer = self.submit(code_page, r"/wechat/codes/\d+/confirmation")
        assert "已绑定" in answer.text

    def confirm(self, cancellation_id: int) -> requests.Response:
        """One click on the cancellation's page."""
        page = f"/cancellations/{cancellation_id}"
        return self.submit(page, rf"{page}/confirm[^\"]*")
