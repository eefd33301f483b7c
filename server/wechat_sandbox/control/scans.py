"""Control endpoints for the camera: what there is to scan, and a person scanning it."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify

from server.wechat_sandbox.context import control_body, iso, seconds_now, the_sandbox
from server.wechat_sandbox.documents import Document
from server.wechat_sandbox.following import scan
from server.wechat_sandbox.people import get_person

blueprint = Blueprint("scans", __name__, url_prefix="/sandbox")


@blueprint.get("/codes")
def list_codes() -> Response:
    """List the codes that can still be scanned, newest first."""
    documents = the_sandbox().documents
    made = [(code["made"], _qrcode(code)) for code in documents.list("qrcodes") if _is_good(code)]
    made += [(code["made"], _wxacode(code)) for code in documents.list("wxacodes")]
    return jsonify(items=[code for _, code in sorted(made, key=lambda pair: pair[0], reverse=True)])


@blueprint.post("/people/<person_id>/scans")
def scan_code(person_id: str) -> Response:
    """Point the camera at the official account's code, {"ticket"}, or a 小程序码, {"wxacode_scene"}."""
    sandbox, body = the_sandbox(), control_body()
    get_person(person_id)
    if "ticket" in body:
        code = sandbox.documents.find("qrcodes", str(body["ticket"]))
        if code is None or not _is_good(code):
            abort(404, "No such code, or it has expired.")
        scan(sandbox, person_id, code["scene"], code["ticket"])
        return jsonify(scene_str=code["scene"])
    code = sandbox.documents.find("wxacodes", str(body.get("wxacode_scene")))
    if code is None:
        abort(404, "No code was made with this scene.")
    return jsonify(page=code["page"], scene=code["scene"])


def _is_good(code: Document) -> bool:
    return code["expires"] is None or code["expires"] > seconds_now()


def _qrcode(code: Document) -> dict[str, Any]:
    return {
        "kind": "official_qrcode",
        "ticket": code["ticket"],
        "scene_str": code["scene"],
        "expires_at": iso(code["expires"]) if code["expires"] else None,
    }


def _wxacode(code: Document) -> dict[str, Any]:
    return {
        "kind": "wxacode",
        "scene": code["scene"],
        "page": code["page"],
        "made_at": iso(code["made"]),
    }
