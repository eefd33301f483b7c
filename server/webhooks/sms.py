"""Status reports of the SMS provider, pushed to us: kept, answered in milliseconds; applied later.

Neither provider signs its pushes (阿里云短信服务 · 回执消息配置; 腾讯云短信 · 下发状态通知), so that the only
proof is a secret in the address that is entered in the provider's console:
https://<our host>/webhooks/sms/<provider>?token=<sms.report_token>. If keeping fails the answer is a 5xx, and
the provider pushes again; a forged or malformed push leaves no trace.
"""

import hmac
import logging

from flask import Blueprint, Response, abort, jsonify, request

from server.channels.sms_reports import MAX_BODY, MalformedReports, read_reports
from server.runtime import runtime
from server.services.sms_reports import store_reports

blueprint = Blueprint("sms_push", __name__, url_prefix="/webhooks/sms")
log = logging.getLogger(__name__)

# What tells each provider not to push the same again.
_THANKS = {"aliyun": {"code": 0, "msg": "成功"}, "tencent": {"result": 0, "errmsg": "OK"}}


@blueprint.post("/<provider>")
def take(provider: str) -> Response:
    """Take one push of status reports."""
    settings = runtime().settings.sms
    # An address of a provider that is not ours does not exist, whatever the token.
    if settings is None or settings.provider != provider:
        abort(404)
    given = request.args.get("token", "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), settings.report_token.encode()):
        return _refused("wrong token", 403)
    request.max_content_length = MAX_BODY
    try:
        reports = read_reports(provider, request.get_data(cache=False))
    except MalformedReports:
        return _refused("malformed", 400)
    store_reports(provider, reports)
    return jsonify(_THANKS[provider])


def _refused(why: str, status: int) -> Response:
    log.warning("sms report refused: %s", why)
    return Response("refused", status=status, mimetype="text/plain")
