"""The candidates' first visits: each opens the invitation on the phone and allows one message."""

import json
import tomllib
from typing import Any

from server.demo.commands import Flask
from server.demo.errors import DemoError
from server.demo.place import PROJECT, Place
from server.demo.web_client import WebClient, wait_for

_CARD_SECONDS = 60


def visit_all(place: Place, flask: Flask) -> int:
    """Let every candidate who has a phone in the sandbox open their invitation; returns how many there are.

    Ends when the first one has the invitation card (服务通知) on the phone.

    Raises:
        DemoError: nobody of the workbook has a phone, a visit fails, or the card does not come.
    """
    invites = {item["candidate"]: item["invite"] for item in json.loads(flask.run("invitations", "--json"))}
    sandbox = WebClient(place.sandbox_url)
    people = [person for person in phone_owners(sandbox) if person["name"] in invites]
    if not people:
        raise DemoError("No candidate of config/demo/ has a phone in config/sandbox.toml.")
    for person in people:
        _visit(place, sandbox, person["id"], invites[person["name"]])
    wait_for_card(sandbox, people[0]["id"])
    return len(people)


def phone_owners(sandbox: WebClient) -> list[dict[str, Any]]:
    """The sandbox's candidates, in the order of its configuration."""
    people = sandbox.get("/sandbox/people").json()["items"]
    return [person for person in people if person["kind"] == "candidate"]


def wait_for_card(sandbox: WebClient, person_id: str) -> dict[str, Any]:
    """The newest card on a person's phone, as soon as there is one."""

    def newest() -> dict[str, Any] | None:
        items = sandbox.get(f"/sandbox/people/{person_id}/inbox").json()["items"]
        return items[0] if items else None

    return wait_for(f"The invitation card on {person_id}'s phone", newest, _CARD_SECONDS)


def _appid() -> str:
    settings = tomllib.loads((PROJECT / "config" / "demo.toml").read_text(encoding="utf-8"))
    return str(settings["wechat"]["miniprogram"]["appid"])


def _visit(place: Place, sandbox: WebClient, person_id: str, invite: str) -> None:
    web = WebClient(place.web_url)
    appid = _appid()
    code = sandbox.post(f"/sandbox/people/{person_id}/login-code", {"appid": appid}).json()["code"]
    session = web.post("/api/v1/sessions", {"code": code, "invite": invite}).json()
    choices = {session["templates"]["interview_invitation"]: "accept"}
    sandbox.post(f"/sandbox/people/{person_id}/consents", {"choices": choices})
    web.post("/api/v1/subscriptions", {"results": choices}, token=session["token"])
