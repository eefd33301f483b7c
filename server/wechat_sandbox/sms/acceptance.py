"""One message at either provider: what is refused, what reaches the phone, and when the report goes out."""

import re
import secrets
import time
import uuid
from dataclasses import dataclass

from flask import Response

from server.wechat_sandbox.api.faults import cut_connection
from server.wechat_sandbox.context import Sandbox, iso, seconds_now
from server.wechat_sandbox.documents import Document
from server.wechat_sandbox.sms.platforms import SmsPlatforms, SmsTemplate

LONGEST_VALUE = 35
# Companies' messages come from numbers that begin with 106.
SENDER = "106900008601"
_MOBILE = re.compile(r"1[3-9]\d{9}")


class SmsRefused(Exception):
    """The provider does not take the message; `fault` is one of FAULTS or a provider's own code."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


# What each provider calls the usual faults.
FAULTS = {
    "illegal_number": ("isv.MOBILE_NUMBER_ILLEGAL", "InvalidParameterValue.IncorrectPhoneNumber"),
    "arrears": ("isv.OUT_OF_SERVICE", "UnauthorizedOperation.ServiceSuspendDueToArrears"),
    "frequency": ("isv.BUSINESS_LIMIT_CONTROL", "LimitExceeded.PhoneNumberDailyLimit"),
    "sign_name": ("isv.SMS_SIGNATURE_ILLEGAL", "FailedOperation.SignatureIncorrectOrUnapproved"),
    "template": ("isv.SMS_TEMPLATE_ILLEGAL", "FailedOperation.TemplateUnapprovedOrNotExist"),
    "variables": (
        "isv.TEMPLATE_MISSING_PARAMETERS",
        "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
    ),
    "too_long": ("isv.PARAM_LENGTH_LIMIT", "InvalidParameterValue.TemplateParameterLengthLimit"),
    "url": ("isv.PARAM_NOT_SUPPORT_URL", "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"),
}


def code_of(fault: str, provider: str) -> str:
    """A fault by this provider's name; what is no fault of ours is a provider's code already."""
    return FAULTS[fault][0 if provider == "aliyun" else 1] if fault in FAULTS else fault


@dataclass(frozen=True)
class Submission:
    """One message as a provider read it; `mobile` has 11 digits, `token` is what the sender wants back."""

    provider: str
    mobile: str
    sign_name: str
    template: str
    values: dict[str, str]
    token: str


def accept(sandbox: Sandbox, submission: Submission) -> tuple[str, Document | None]:
    """Take a message and return its id at the provider, and the person who has the number, or None.

    Raises SmsRefused. A number that nobody here carries is taken and delivered, as a stranger's would be.
    """
    platforms = sandbox.configuration.sms
    if not _MOBILE.fullmatch(submission.mobile):
        raise SmsRefused("illegal_number")
    text = _text(platforms, submission)
    person = find_by_mobile(sandbox, submission.mobile)
    behaviour = person["behaviour"] if person else {}
    if behaviour.get("sms_error"):
        raise SmsRefused(behaviour["sms_error"])
    serial = _serial(submission)
    accepted = {
        "provider": submission.provider,
        "person": person["id"] if person else None,
        "mobile": submission.mobile,
        "template": submission.template,
        "token": submission.token,
        "serial": serial,
        "text": text,
        "accepted_at": iso(seconds_now()),
    }
    sandbox.documents.put("sms_accepted", serial, accepted)
    if person and not behaviour.get("sms_report"):
        _deliver(sandbox, person, text)
    return serial, person


def answer_as_person_lets(person: Document | None, answer: Response) -> Response:
    """Give the answer late, or not at all, when this person's behaviour says so."""
    behaviour = person["behaviour"] if person else {}
    time.sleep(behaviour.get("sms_slow_seconds", 0))
    return cut_connection() if behaviour.get("sms_loses_answer") else answer


def find_by_mobile(sandbox: Sandbox, mobile: str) -> Document | None:
    """Return the person with this number, or None."""
    return next((one for one in sandbox.documents.list("people") if one.get("mobile") == mobile), None)


def _text(platforms: SmsPlatforms, submission: Submission) -> str:
    template = platforms.template(submission.provider, submission.template)
    if submission.sign_name != platforms.sign_name:
        raise SmsRefused("sign_name")
    if template is None:
        raise SmsRefused("template")
    _check_values(template, submission.values)
    return f"【{submission.sign_name}】{template.render(submission.values)}"


def _check_values(template: SmsTemplate, values: dict[str, str]) -> None:
    if any(name not in values for name in template.variables):
        raise SmsRefused("variables")
    if any("://" in value for value in values.values()):
        raise SmsRefused("url")
    if any(len(value) > LONGEST_VALUE for value in values.values()):
        raise SmsRefused("too_long")


def _serial(submission: Submission) -> str:
    if submission.provider == "aliyun":
        return f"{secrets.randbelow(10**18):018d}^0"
    return f"2640:{secrets.randbelow(10**20):020d}"


def _deliver(sandbox: Sandbox, person: Document, text: str) -> None:
    sms = {
        "id": uuid.uuid4().hex,
        "sender": SENDER,
        "text": text,
        "received_at": iso(seconds_now()),
        "read": False,
    }
    sandbox.documents.put(f"sms/{person['id']}", str(sms["id"]), sms)
