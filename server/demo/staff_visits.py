"""HR's first visits: signing in to the back office and binding WeChat by scanning the code there."""

import re
from typing import Any
from urllib.parse import urlsplit

from server.demo.company import Account, Company
from server.demo.errors import DemoError
from server.demo.forms import Form
from server.demo.place import Place
from server.demo.web_client import WebClient, wait_for

_SIGN_IN = "/sign-in"
_WECHAT = "/wechat"
_CODES = "/wechat/codes"
_CONFIRM = re.compile(r"^/wechat/codes/\d+/confirmation$")


def bind_all(place: Place, company: Company) -> int:
    """Let every member of staff with a phone bind it; returns how many there are.

    Raises:
        DemoError: a step is refused or its form is missing.
    """
    owners = [account for account in company.accounts if account.wechat]
    for account in owners:
        _bind(place, account, company.password)
    return len(owners)


def _bind(place: Place, account: Account, password: str) -> None:
    web, sandbox = WebClient(place.web_url), WebClient(place.sandbox_url)
    web.submit(_form(web, _SIGN_IN, re.compile(rf"^{_SIGN_IN}")), email=account.email, password=password)
    known = {code["ticket"] for code in _codes(sandbox)}
    forms = web.forms(_WECHAT)
    make_code = next((form for form in forms if form.action == _CODES), None)
    if make_code is None:
        return  # bound already, in a start that did not come to its end
    page = urlsplit(web.submit(make_code).url).path
    fresh = next(code for code in _codes(sandbox) if code["ticket"] not in known)
    sandbox.post(f"/sandbox/people/{account.wechat}/scans", {"ticket": fresh["ticket"]})
    confirm = wait_for(f"The scan by {account.name}'s phone", lambda: _find(web.forms(page), _CONFIRM))
    web.submit(confirm)


def _codes(sandbox: WebClient) -> list[dict[str, Any]]:
    items = sandbox.get("/sandbox/codes").json()["items"]
    return [code for code in items if code["kind"] == "official_qrcode"]


def _form(web: WebClient, path: str, action: re.Pattern[str]) -> Form:
    found = _find(web.forms(path), action)
    if found is None:
        raise DemoError(f"{web.origin}{path} shows no form.")
    return found


def _find(forms: list[Form], action: re.Pattern[str]) -> Form | None:
    return next((form for form in forms if action.match(form.action)), None)
