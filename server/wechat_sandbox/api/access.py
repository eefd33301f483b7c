"""What every call of the platform goes through: method, body and access token."""

import json
import re
from typing import Any

from flask import request

from server.wechat_sandbox.api.errors import PlatformError
from server.wechat_sandbox.config import Account
from server.wechat_sandbox.context import seconds_now, the_sandbox

TOKEN = re.compile(r"86_[A-Za-z0-9_-]{133}")


def calling_account(kind: str | None = None) -> Account:
    """Return the account the access token belongs to.

    Raises PlatformError: 41001 missing, 40014 no token at all, 40001 unknown or replaced, 42001 expired,
    48001 when the endpoint belongs to the other kind of account.
    """
    sandbox, token = the_sandbox(), request.args.get("access_token", "")
    if not token:
        raise PlatformError(41001)
    if not TOKEN.fullmatch(token):
        raise PlatformError(40014)
    issued = sandbox.documents.find("tokens", token)
    if issued is None or issued["dies"] < seconds_now():
        raise PlatformError(40001)
    if issued["expires"] < seconds_now():
        raise PlatformError(42001)
    account = sandbox.account(issued["account"])
    if kind is not None and account.kind != kind:
        raise PlatformError(48001)
    return account


def posted_object() -> dict[str, Any]:
    """Return the JSON object of a POST.

    Raises PlatformError: 43002 for another method, 47001 when the body is no JSON object.
    """
    if request.method != "POST":
        raise PlatformError(43002)
    try:
        body = json.loads(request.get_data())
    except ValueError as problem:
        raise PlatformError(47001) from problem
    if not isinstance(body, dict):
        raise PlatformError(47001)
    return body
