"""Where the SDKs call: both providers take every call at the root of their host, told apart by a header."""

from flask import Blueprint, Response, abort, jsonify, request

from server.wechat_sandbox.api.faults import cut_connection
from server.wechat_sandbox.context import the_sandbox
from server.wechat_sandbox.people import get_person
from server.wechat_sandbox.sms.aliyun import answer_aliyun
from server.wechat_sandbox.sms.tencent import answer_tencent

blueprint = Blueprint("sms", __name__)

_PROVIDERS = {"x-acs-action": answer_aliyun, "x-tc-action": answer_tencent}


@blueprint.post("/")
def take_call() -> Response:
    """Answer as the provider whose SDK calls; cut every call while `sms_down` is set."""
    called = [answer for header, answer in _PROVIDERS.items() if header in request.headers]
    if not called:
        abort(404)
    return cut_connection() if the_sandbox().settings["sms_down"] else called[0]()


@blueprint.get("/sandbox/sms/accepted")
def list_accepted() -> Response:
    """List every message a provider ever took, oldest first."""
    return jsonify(items=the_sandbox().documents.list("sms_accepted"))


@blueprint.get("/sandbox/people/<person_id>/sms")
def show_messages(person_id: str) -> Response:
    """List the messages on a person's phone, newest first."""
    get_person(person_id)
    items = the_sandbox().documents.list(f"sms/{person_id}")[::-1]
    return jsonify(unread=sum(not sms["read"] for sms in items), items=items)


@blueprint.post("/sandbox/people/<person_id>/sms/<sms_id>/read")
def read_message(person_id: str, sms_id: str) -> tuple[str, int]:
    """Take the red dot from a message."""
    get_person(person_id)
    documents = the_sandbox().documents
    with documents.change():
        sms = documents.find(f"sms/{person_id}", sms_id)
        if sms is None:
            abort(404, "No such message.")
        documents.put(f"sms/{person_id}", sms_id, sms | {"read": True})
    return "", 204
