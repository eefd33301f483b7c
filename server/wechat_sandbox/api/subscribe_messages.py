"""订阅消息: what the mini-program sends to a candidate."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response

from server.wechat_sandbox import consents
from server.wechat_sandbox.api.acceptance import answer_as_person_lets, record_accepted
from server.wechat_sandbox.api.access import calling_account, posted_object
from server.wechat_sandbox.api.errors import PlatformError, ok
from server.wechat_sandbox.api.faults import wait_latency
from server.wechat_sandbox.api.fields import subscription_values
from server.wechat_sandbox.api.templates import get_template
from server.wechat_sandbox.config import Account
from server.wechat_sandbox.context import Sandbox, the_sandbox
from server.wechat_sandbox.documents import Document
from server.wechat_sandbox.inbox import deliver_card
from server.wechat_sandbox.people import find_by_openid
from server.wechat_sandbox.push.events import subscription_event

blueprint = Blueprint("subscribe_messages", __name__)


@blueprint.route("/cgi-bin/message/subscribe/send", methods=["GET", "POST"])
def send() -> Response:
    """Take one message for one person who accepted one (小程序文档 · 发送订阅消息)."""
    sandbox, account, body = the_sandbox(), calling_account("miniprogram"), posted_object()
    openid = body.get("touser")
    person = find_by_openid(sandbox, account.appid, openid)
    if person is None:
        raise PlatformError(40003)
    with _one_at_a_time(sandbox, str(openid)):
        wait_latency(sandbox)
        msgid = _accept(sandbox, account, person, body)
        with_id = {"msgid": msgid} if sandbox.settings["answers_msgid"] else {}
        return answer_as_person_lets(person, ok(**with_id))


@contextmanager
def _one_at_a_time(sandbox: Sandbox, openid: str) -> Iterator[None]:
    with sandbox.documents.change():
        if openid in sandbox.sends_in_progress:
            raise PlatformError(43108)
        sandbox.sends_in_progress.add(openid)
    try:
        yield
    finally:
        sandbox.sends_in_progress.discard(openid)


def _accept(sandbox: Sandbox, account: Account, person: Document, body: dict[str, Any]) -> int:
    template = get_template(account, body.get("template_id"))
    values = subscription_values(template, body.get("data"))
    page = body.get("page") or None
    if page is not None and str(page).partition("?")[0] not in account.pages:
        raise PlatformError(41030)
    with sandbox.documents.change():
        if person["behaviour"].get("refuses") or not consents.spend_one(sandbox, person["id"], template.id):
            raise PlatformError(43101)
        msgid = record_accepted(sandbox, person, account.kind, template.id)
        if not person["behaviour"].get("blocks"):
            deliver_card(sandbox, person["id"], template, values, page=page)
    _push_result(sandbox, account, person, str(body["touser"]), template.id, msgid)
    return msgid


def _push_result(
    sandbox: Sandbox, account: Account, person: Document, openid: str, template_id: str, msgid: int
) -> None:
    blocked = bool(person["behaviour"].get("blocks"))
    item = {
        "TemplateId": template_id,
        "MsgID": str(msgid),
        # WeChat's pages list 0 only, so which number a failure carries is ours.
        "ErrorCode": "1" if blocked else "0",
        "ErrorStatus": "failed:user block" if blocked else "success",
    }
    event = subscription_event(account, openid, "subscribe_msg_sent_event", [item])
    sandbox.pusher.push_for(person, account.kind, event, before_answer=True)
