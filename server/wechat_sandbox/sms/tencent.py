"""腾讯云短信 as its SDK reaches it (腾讯云短信 API · 发送短信; 云 API · 公共错误码)."""

import json
import uuid
from typing import Any

from flask import Response, request

from server.wechat_sandbox.context import Sandbox, the_sandbox
from server.wechat_sandbox.sms.acceptance import (
    SmsRefused,
    Submission,
    accept,
    answer_as_person_lets,
    code_of,
)
from server.wechat_sandbox.sms.platforms import SmsAccount
from server.wechat_sandbox.sms.reports import schedule_report
from server.wechat_sandbox.sms.signatures import Signed

# Refusals of one number stand in its status; these stand for the whole call.
_WHOLE_CALL = ("AuthFailure", "Invalid", "Missing", "RequestLimit", "Unauthorized", "Internal", "Ip")
_OF_A_NUMBER = {"InvalidParameterValue.IncorrectPhoneNumber"}


def answer_tencent() -> Response:
    """Take one call."""
    sandbox = the_sandbox()
    account = sandbox.configuration.sms.accounts["tencent"]
    if problem := _problem(account):
        return _error(problem)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return _error("InvalidParameter")
    if body.get("SmsSdkAppId") != account.sdk_app_id:
        return _error("InvalidParameterValue.SdkAppIdNotExist")
    numbers = body.get("PhoneNumberSet")
    if not isinstance(numbers, list) or len(numbers) != 1:
        return _error("MissingParameter.EmptyPhoneNumberSet")
    number = str(numbers[0])
    try:
        serial, person = accept(sandbox, _submission(sandbox, body, number))
    except SmsRefused as refusal:
        code = code_of(refusal.fault, "tencent")
        if code.startswith(_WHOLE_CALL) and code not in _OF_A_NUMBER:
            return _error(code)
        return _answer(SendStatusSet=[_status(body, number, "", code)])
    schedule_report(sandbox, "tencent", serial, person)
    return answer_as_person_lets(person, _answer(SendStatusSet=[_status(body, number, serial, "Ok")]))


def _problem(account: SmsAccount) -> str | None:
    signed = Signed(request, "TC3-HMAC-SHA256")
    if not signed.parts:
        return "AuthFailure.InvalidAuthorization"
    if signed.key_id != account.key_id:
        return "AuthFailure.SecretIdNotFound"
    if not signed.is_tencent(account.key_secret):
        return "AuthFailure.SignatureFailure"
    return None if request.headers["X-TC-Action"] == "SendSms" else "InvalidAction"


def _submission(sandbox: Sandbox, body: dict[str, Any], number: str) -> Submission:
    template = sandbox.configuration.sms.template("tencent", str(body.get("TemplateId")))
    values = [str(value) for value in body.get("TemplateParamSet") or []]
    names = template.variables if template else []
    if template and len(values) != len(names):
        raise SmsRefused("variables")
    return Submission(
        provider="tencent",
        mobile=number.removeprefix("+86"),
        sign_name=str(body.get("SignName", "")),
        template=str(body.get("TemplateId")),
        values=dict(zip(names, values, strict=False)),
        token=str(body.get("SessionContext") or ""),
    )


def _status(body: dict[str, Any], number: str, serial: str, code: str) -> dict[str, Any]:
    return {
        "SerialNo": serial,
        "PhoneNumber": number,
        "Fee": 1 if serial else 0,
        "SessionContext": body.get("SessionContext") or "",
        "Code": code,
        "Message": "send success" if serial else f"{code} (sandbox)",
        "IsoCode": "CN",
    }


def _error(code: str) -> Response:
    return _answer(Error={"Code": code, "Message": f"{code} (sandbox)"})


def _answer(**values: Any) -> Response:
    body = {"Response": {**values, "RequestId": str(uuid.uuid4())}}
    # The SDK looks for an error only when the type is exactly this.
    return Response(json.dumps(body), mimetype="application/json")
