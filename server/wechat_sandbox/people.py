"""The people who carry the sandbox's phones: their openids and how they behave."""

import base64
import hashlib
from typing import Any

from flask import abort, request

from server.wechat_sandbox.config import Configuration
from server.wechat_sandbox.context import Sandbox, the_sandbox
from server.wechat_sandbox.documents import Document, Documents

COOKIE = "sandbox_person"

# What each behaviour takes: a switch, or a number of seconds.
BEHAVIOURS: dict[str, type] = {
    "refuses": bool,
    "blocks": bool,
    "slow_seconds": float,
    "loses_answer": bool,
    "duplicates_events": bool,
    "events_before_answer": bool,
    "no_events": bool,
    "login_blocked": bool,
    "mail_unknown": bool,  # 550: there is no such mailbox
    "mail_greylists": bool,  # 451 the first time, then it is taken
    "mail_full": bool,  # 552
    "mail_slow_seconds": float,
    "mail_loses_answer": bool,  # the message is taken, then the connection is cut
    "sms_error": str,  # the provider refuses: a name of sms/acceptance.FAULTS, or a provider's own code
    "sms_report": str,  # "off" (关机), "vacant" (空号): reported as failed; "none": never reported
    "sms_slow_seconds": float,
    "sms_loses_answer": bool,  # the message is taken, then the connection is cut
    "sms_duplicates_reports": bool,
}


def openid_for(person_id: str, appid: str) -> str:
    """Return a person's openid for one account: 28 characters, another one for every appid."""

    def letters(text: str) -> str:
        return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return "o" + letters(appid)[:5] + letters(f"{appid}:{person_id}")[:22]


def add_person(configuration: Configuration, documents: Documents, person: Document) -> None:
    """Remember a person and find them by each of their openids from now on."""
    with documents.change():
        documents.put("people", person["id"], person)
        for account in configuration.accounts.values():
            openid = openid_for(person["id"], account.appid)
            documents.put("openids", f"{account.appid}:{openid}", {"person": person["id"]})


def find_by_openid(sandbox: Sandbox, appid: str, openid: object) -> Document | None:
    """Return the person behind an openid of this appid, or None."""
    found = sandbox.documents.find("openids", f"{appid}:{openid}")
    return sandbox.documents.find("people", found["person"]) if found else None


def get_person(person_id: str) -> Document:
    """Return a person; an unknown id is answered with 404."""
    person = the_sandbox().documents.find("people", person_id)
    if person is None:
        abort(404, "Nobody has this id.")
    return person


def public_view(sandbox: Sandbox, person: Document) -> dict[str, Any]:
    """Return a person as the control endpoints show them."""
    return {
        **{key: person[key] for key in ("id", "name", "kind", "title", "behaviour", "follows")},
        "email": person.get("email"),
        "mobile": person.get("mobile"),
        "mp_openid": openid_for(person["id"], sandbox.account("miniprogram").appid),
        "oa_openid": openid_for(person["id"], sandbox.account("official").appid),
    }


def find_caller() -> Document | None:
    """Return the person whose phone opened this page, by the cookie it carries, or None."""
    return the_sandbox().documents.find("people", request.cookies.get(COOKIE, ""))
