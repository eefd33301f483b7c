"""Control endpoints for people: list, add, change."""

import re
from typing import Any

from flask import Blueprint, Response, abort, jsonify

from server.wechat_sandbox.context import control_body, the_sandbox
from server.wechat_sandbox.following import follow, unfollow
from server.wechat_sandbox.people import BEHAVIOURS, add_person, get_person, public_view

blueprint = Blueprint("people", __name__, url_prefix="/sandbox/people")

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_TAKES = {bool: "true or false", float: "seconds", str: "a text"}


@blueprint.get("")
def list_people() -> Response:
    """List everybody, in the order of the configuration file."""
    sandbox = the_sandbox()
    return jsonify(items=[public_view(sandbox, person) for person in sandbox.documents.list("people")])


@blueprint.post("")
def create_person() -> tuple[Response, int]:
    """Add a person: {"id", "name", "kind", "email"?, "mobile"?, "behaviour"?, "follows"?}."""
    sandbox, body = the_sandbox(), control_body()
    person_id, name, kind = (body.get(key) for key in ("id", "name", "kind"))
    if not (isinstance(person_id, str) and _ID.fullmatch(person_id) and isinstance(name, str) and name):
        abort(400, "A person needs an id (a-z, 0-9, -) and a name.")
    if kind not in {"candidate", "staff"}:
        abort(400, 'kind is "candidate" or "staff".')
    person = {
        "id": person_id,
        "name": name,
        "kind": kind,
        "title": body.get("title"),
        "email": body.get("email"),
        "mobile": body.get("mobile"),
        "behaviour": _checked(body.get("behaviour", {})),
        "follows": bool(body.get("follows", False)),
    }
    with sandbox.documents.change():
        if sandbox.documents.find("people", person_id):
            abort(409, "This id is taken.")
        add_person(sandbox.configuration, sandbox.documents, person)
    return jsonify(public_view(sandbox, person)), 201


@blueprint.get("/<person_id>")
def show_person(person_id: str) -> Response:
    """Show one person."""
    return jsonify(public_view(the_sandbox(), get_person(person_id)))


@blueprint.patch("/<person_id>")
def change_person(person_id: str) -> Response:
    """Change the behaviours named, or whether the person follows, which pushes the event."""
    sandbox, body = the_sandbox(), control_body()
    behaviour = _checked(body.get("behaviour", {}))
    with sandbox.documents.change():
        person = get_person(person_id)
        kept = {key: value for key, value in (person["behaviour"] | behaviour).items() if value}
        sandbox.documents.put("people", person_id, person | {"behaviour": kept})
        if "follows" in body and bool(body["follows"]) != person["follows"]:
            (follow if body["follows"] else unfollow)(sandbox, person_id)
    return jsonify(public_view(sandbox, get_person(person_id)))


def _checked(behaviour: object) -> dict[str, Any]:
    if not isinstance(behaviour, dict):
        abort(400, "behaviour is an object.")
    for key, value in behaviour.items():
        if key not in BEHAVIOURS:
            abort(400, f"Unknown behaviour {key}; known: {', '.join(BEHAVIOURS)}.")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (is_number if BEHAVIOURS[key] is float else isinstance(value, BEHAVIOURS[key])):
            abort(400, f"{key} takes {_TAKES[BEHAVIOURS[key]]}.")
    return behaviour
