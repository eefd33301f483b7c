"""Control endpoints a phone calls: wx.login, consent, inbox, opening a card's url."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.wechat_sandbox import consents
from server.wechat_sandbox.api.login import issue_login_code
from server.wechat_sandbox.context import control_body, the_sandbox
from server.wechat_sandbox.inbox import list_cards, mark_read
from server.wechat_sandbox.people import COOKIE, get_person, openid_for
from server.wechat_sandbox.push.events import subscription_event

blueprint = Blueprint("phone_control", __name__, url_prefix="/sandbox/people/<person_id>")


@blueprint.post("/login-code")
def create_login_code(person_id: str) -> Response:
    """Give what wx.login gives: {"appid"} → {"code"}, good for 5 minutes and one use."""
    get_person(person_id)
    appid = control_body().get("appid")
    if appid != the_sandbox().account("miniprogram").appid:
        abort(400, "appid is not the mini-program's.")
    return jsonify(code=issue_login_code(the_sandbox(), person_id, appid))


@blueprint.post("/consents")
def answer_request(person_id: str) -> Response:
    """Answer the sheet of wx.requestSubscribeMessage: {"choices": {template id: "accept" or "reject"}}."""
    sandbox, person, choices = the_sandbox(), get_person(person_id), _choices()
    for template_id, choice in choices.items():
        if choice == "accept":
            consents.add_one(sandbox, person_id, template_id)
    account = sandbox.account("miniprogram")
    items = [
        {"TemplateId": template_id, "SubscribeStatusString": choice, "PopupScene": "0"}
        for template_id, choice in choices.items()
    ]
    openid = openid_for(person_id, account.appid)
    event = subscription_event(account, openid, "subscribe_msg_popup_event", items)
    sandbox.pusher.push_for(person, account.kind, event)
    return jsonify(errMsg="requestSubscribeMessage:ok", **choices)


@blueprint.post("/message-settings")
def change_message_settings(person_id: str) -> Response:
    """Switch templates off in 服务通知: {"choices": {template id: "reject"}}; only refusals are pushed."""
    sandbox, person = the_sandbox(), get_person(person_id)
    refused = [template_id for template_id, choice in _choices().items() if choice == "reject"]
    for template_id in refused:
        consents.withdraw(sandbox, person_id, template_id)
    if refused:
        account = sandbox.account("miniprogram")
        items = [{"TemplateId": one, "SubscribeStatusString": "reject"} for one in refused]
        openid = openid_for(person_id, account.appid)
        event = subscription_event(account, openid, "subscribe_msg_change_event", items)
        sandbox.pusher.push_for(person, account.kind, event)
    return jsonify(dict.fromkeys(refused, "reject"))


@blueprint.get("/inbox")
def show_inbox(person_id: str) -> Response:
    """List the cards of 服务通知, newest first."""
    get_person(person_id)
    cards = list_cards(the_sandbox(), person_id)
    return jsonify(unread=sum(not card["read"] for card in cards), items=cards)


@blueprint.post("/inbox/<card_id>/read")
def read_card(person_id: str, card_id: str) -> tuple[str, int]:
    """Take the red dot from a card."""
    get_person(person_id)
    if not mark_read(the_sandbox(), person_id, card_id):
        abort(404, "No such card.")
    return "", 204


@blueprint.get("/webview")
def open_webview(person_id: str) -> AnyResponse:
    """Open a card's url in the WeChat browser of this person: from here on 网页授权 knows who it is."""
    get_person(person_id)
    url = request.args.get("url", "")
    if urlsplit(url).scheme not in {"http", "https"}:
        abort(400, "url must be an http or https address.")
    answer = redirect(url)
    answer.set_cookie(COOKIE, person_id, httponly=True, samesite="Lax")
    return answer


def _choices() -> dict[str, str]:
    choices = control_body().get("choices")
    if not isinstance(choices, dict) or not choices:
        abort(400, "choices maps template ids to accept or reject.")
    templates = the_sandbox().configuration.templates
    for template_id, choice in choices.items():
        if template_id not in templates or templates[template_id].account != "miniprogram":
            abort(400, "requestSubscribeMessage:fail No template data return, verify the template id exist")
        if choice not in {"accept", "reject"}:
            abort(400, "A choice is accept or reject.")
    return choices
