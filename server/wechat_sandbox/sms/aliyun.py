"""阿里云短信服务 as its SDK reaches it (短信服务 API · SendSms; OpenAPI · 公共错误码)."""

import json
import uuid

from flask import Response, jsonify, request

from server.wechat_sandbox.context import the_sandbox
from server.wechat_sandbox.sms.acceptance import (
    SmsRefused,
    Submission,
    accept,
    answer_as_person_lets,
    code_of,
)
from server.wechat_sandbox.sms.reports import schedule_report
from server.wechat_sandbox.sms.signatures import Signed

# Errors of the gateway in front of the service come with these statuses; the service itself answers 200.
_STATUSES = {
    "MissingAccessKeyId": 400,
    "InvalidAction.NotFound": 404,
    "InvalidAccessKeyId.NotFound": 404,
    "InvalidAccessKeyId.Inactive": 400,
    "SignatureDoesNotMatch": 400,
    "IncompleteSignature": 400,
    "SignatureNonceUsed": 400,
    "InvalidTimeStamp.Expired": 400,
    "MissingPhoneNumbers": 400,
    "MissingSignName": 400,
    "MissingTemplateCode": 400,
    "Forbidden.RAM": 403,
    "Throttling": 400,
    "Throttling.Api": 400,
    "Throttling.User": 400,
    "InternalError": 500,
    "ServiceUnavailable": 503,
}


def answer_aliyun() -> Response:
    """Take one call."""
    sandbox = the_sandbox()
    account = sandbox.configuration.sms.accounts["aliyun"]
    signed = Signed(request, "ACS3-HMAC-SHA256")
    if not signed.parts:
        return _error("MissingAccessKeyId")
    if signed.key_id != account.key_id:
        return _error("InvalidAccessKeyId.NotFound")
    if not signed.is_aliyun(account.key_secret):
        return _error("SignatureDoesNotMatch")
    if request.headers["x-acs-action"] != "SendSms":
        return _error("InvalidAction.NotFound")
    try:
        submission = _submission()
        serial, person = accept(sandbox, submission)
    except SmsRefused as refusal:
        return _error(code_of(refusal.fault, "aliyun"))
    schedule_report(sandbox, "aliyun", serial, person)
    answer = jsonify(Code="OK", Message="OK", BizId=serial, RequestId=_request_id())
    return answer_as_person_lets(person, answer)


def _submission() -> Submission:
    given = request.args
    try:
        values = json.loads(given.get("TemplateParam") or "{}")
    except ValueError as problem:
        raise SmsRefused("isv.INVALID_JSON_PARAM") from problem
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise SmsRefused("isv.INVALID_JSON_PARAM")
    return Submission(
        provider="aliyun",
        mobile=given.get("PhoneNumbers", ""),
        sign_name=given.get("SignName", ""),
        template=given.get("TemplateCode", ""),
        values=values,
        token=given.get("OutId", ""),
    )


def _error(code: str) -> Response:
    answer = jsonify(
        Code=code, Message=f"{code} (sandbox)", RequestId=_request_id(), HostId="dysmsapi.aliyuncs.com"
    )
    answer.status_code = _STATUSES.get(code, 200)
    return answer


def _request_id() -> str:
    return str(uuid.uuid4()).upper()
