"""WeChat's message push (消息推送) for both accounts: proved, kept, answered in milliseconds; applied later.

If keeping fails the answer is a 5xx, so that WeChat sends again; a forged or malformed push leaves no trace.
"""

import logging

from flask import Blueprint, Response, abort, request

from server.runtime import runtime
from server.services.receipts import store_push
from server.wechat.accounts import MiniProgramAccount, OfficialAccount
from server.wechat.callbacks import MAX_BODY, check_url, read_push
from server.wechat.errors import PushRefused

blueprint = Blueprint("wechat_push", __name__, url_prefix="/webhooks/wechat")
log = logging.getLogger(__name__)


def _account(name: str) -> MiniProgramAccount | OfficialAccount:
    if name not in ("miniprogram", "official-account"):
        abort(404)
    return runtime().miniprogram_account if name == "miniprogram" else runtime().official_account


@blueprint.get("/<name>")
def check(name: str) -> Response:
    """WeChat checks that the address is ours: give back the echostr."""
    try:
        return Response(check_url(_account(name), request.args), mimetype="text/plain")
    except PushRefused as refusal:
        return _refused(refusal)


@blueprint.post("/<name>")
def take(name: str) -> Response:
    """Take one push; the answer `success` tells WeChat not to send it again."""
    account = _account(name)
    if (request.content_length or 0) > MAX_BODY:
        abort(413)
    try:
        push = read_push(account, request.args, request.get_data(cache=False))
    except PushRefused as refusal:
        return _refused(refusal)
    store_push(push)
    return Response("success", mimetype="text/plain")


def _refused(refusal: PushRefused) -> Response:
    log.warning("push refused: %s", type(refusal).__name__)
    return Response("refused", status=refusal.status, mimetype="text/plain")
