"""模板消息: what the official account sends to a follower, here a recruiter."""

from typing import Any

from flask import Blueprint, Response

from server.wechat_sandbox.api.acceptance import answer_as_person_lets, record_accepted
from server.wechat_sandbox.api.access import calling_account, posted_object
from server.wechat_sandbox.api.errors import PlatformError, ok
from server.wechat_sandbox.api.fields import template_values
from server.wechat_sandbox.api.templates import get_template
from server.wechat_sandbox.config import Account, Template
from server.wechat_sandbox.context import Sandbox, seconds_now, the_sandbox
from server.wechat_sandbox.documents import Document
from server.wechat_sandbox.inbox import deliver_card
from server.wechat_sandbox.people import find_by_openid
from server.wechat_sandbox.push.events import official_event

blueprint = Blueprint("template_messages", __name__)

DEDUPLICATION_SECONDS = 600


@blueprint.route("/cgi-bin/message/template/send", methods=["GET", "POST"])
def send() -> Response:
    """Take one message for one follower; a client_msg_id seen within ten minutes is not sent twice.

    Source: 服务号文档 · 发送模板消息.
    """
    sandbox, account, body = the_sandbox(), calling_account("official"), posted_object()
    person = find_by_openid(sandbox, account.appid, body.get("touser"))
    if person is None:
        raise PlatformError(40003)
    template = get_template(account, body.get("template_id"))
    if not person["follows"]:
        raise PlatformError(43004)
    miniprogram = _linked_miniprogram(account, body.get("miniprogram"))
    values = template_values(template, body.get("data"))
    with sandbox.documents.change():
        sent = _find_sent(sandbox, body)
        if sent is not None:
            return ok(msgid=sent["msgid"])
        msgid = record_accepted(sandbox, person, account.kind, template.id, body.get("client_msg_id"))
        _remember_sent(sandbox, body, msgid)
        if not person["behaviour"].get("blocks"):
            _deliver(sandbox, person, template, values, body.get("url") or None, miniprogram)
    _push_result(sandbox, account, person, str(body["touser"]), msgid)
    return answer_as_person_lets(person, ok(msgid=msgid))


def _linked_miniprogram(account: Account, given: object) -> dict[str, str] | None:
    if not isinstance(given, dict) or not given.get("appid"):
        return None
    if given["appid"] not in account.linked_miniprograms:
        raise PlatformError(40013)
    return {"appid": given["appid"], "pagepath": str(given.get("pagepath", ""))}


def _deliver(
    sandbox: Sandbox,
    person: Document,
    template: Template,
    values: dict[str, str],
    url: str | None,
    miniprogram: dict[str, str] | None,
) -> None:
    page = miniprogram["pagepath"] if miniprogram else None
    deliver_card(sandbox, person["id"], template, values, page=page, url=url, miniprogram=miniprogram)


def _find_sent(sandbox: Sandbox, body: dict[str, Any]) -> Document | None:
    sent = sandbox.documents.find("client_msg_ids", _key(body))
    return sent if sent and sent["until"] > seconds_now() else None


def _remember_sent(sandbox: Sandbox, body: dict[str, Any], msgid: int) -> None:
    if body.get("client_msg_id"):
        until = seconds_now() + DEDUPLICATION_SECONDS
        sandbox.documents.put("client_msg_ids", _key(body), {"msgid": msgid, "until": until})


def _key(body: dict[str, Any]) -> str:
    return f"{body['touser']}:{body.get('client_msg_id')}"


def _push_result(sandbox: Sandbox, account: Account, person: Document, openid: str, msgid: int) -> None:
    status = "failed:user block" if person["behaviour"].get("blocks") else "success"
    details = {"MsgID": str(msgid), "Status": status}
    event = official_event(account, openid, "TEMPLATESENDJOBFINISH", details)
    sandbox.pusher.push_for(person, account.kind, event, before_answer=True)
