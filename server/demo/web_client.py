"""HTTP to the demo's own servers, with cookies and forms as a browser has them."""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urljoin

import requests

from server.demo.errors import DemoError
from server.demo.forms import Form, find_forms

_SECONDS = 30
_STEP = 0.2

_Found = TypeVar("_Found")


class WebClient:
    """One visitor of one server; a proxy of this machine is never asked for addresses on this machine."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._http = requests.Session()
        self._http.trust_env = False

    def get(self, path: str) -> requests.Response:
        """GET a path, following redirects; a refusal is an error."""
        return self._checked("GET", path)

    def post(self, path: str, body: dict[str, Any], token: str | None = None) -> requests.Response:
        """POST JSON; `token` is a bearer token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._checked("POST", path, json=body, headers=headers)

    def submit(self, form: Form, **values: str) -> requests.Response:
        """Send a form as a person would, hidden fields included, from the page it stands on."""
        page = self.origin + form.page
        return self._checked("POST", form.action, data=form.fields | values, headers={"Referer": page})

    def forms(self, path: str) -> list[Form]:
        """The forms of a page."""
        return find_forms(self.get(path).text, path)

    def _checked(self, method: str, path: str, **more: Any) -> requests.Response:
        where = f"{method} {path.split('?')[0]}"
        try:
            answer = self._http.request(method, urljoin(self.origin, path), timeout=_SECONDS, **more)
        except requests.RequestException as problem:
            raise DemoError(f"{self.origin} does not answer {where} ({type(problem).__name__}).") from None
        if not answer.ok:
            raise DemoError(f"{self.origin} refused {where} with {answer.status_code}.")
        return answer


def wait_for(what: str, look: Callable[[], _Found | None], seconds: float = 30) -> _Found:
    """Ask `look` again and again until it finds something.

    Raises:
        DemoError: `what` did not come within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise DemoError(f"{what} did not come within {seconds:.0f} seconds.")
        time.sleep(_STEP)
