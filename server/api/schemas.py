"""What goes over the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from server.domain.reasons import NOTE_LIMIT

_REQUIRED: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "不能为空",
    "null": "不能为空",
    "invalid": "格式不正确",
}


class ProblemSchema(Schema):
    """Every error looks like this; `message` is for the person, `code` for the program."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    request_id = fields.String(required=True)


class SignInSchema(Schema):
    """`code` comes from wx.login; `invite` from the link or code of an invitation."""

    code = fields.String(required=True, validate=validate.Length(1, 128), error_messages=_REQUIRED)
    invite = fields.String(validate=validate.Length(1, 64), allow_none=True)


class CandidateSchema(Schema):
    """The person a WeChat is bound to."""

    name = fields.String(required=True)


class SessionSchema(Schema):
    """A fresh session; `candidate` is null while this WeChat is bound to nobody."""

    token = fields.String(required=True)
    expires_at = fields.String(required=True)
    candidate = fields.Nested(CandidateSchema, allow_none=True, required=True)
    interview_id = fields.Integer(allow_none=True, required=True)
    templates = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ContactSchema(Schema):
    """Whom to ask."""

    name = fields.String(required=True)
    phone = fields.String(allow_none=True, required=True)
    email = fields.String(allow_none=True, required=True)


class ReasonSchema(Schema):
    """A reason a candidate can choose."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    asks_note = fields.Boolean(required=True)
    offers_new_time = fields.Boolean(required=True)


class ChosenReasonSchema(Schema):
    """The reason of a cancellation."""

    code = fields.String(required=True)
    label = fields.String(required=True)


class CancellationSchema(Schema):
    """One act of cancelling."""

    id = fields.Integer(required=True)
    number = fields.String(required=True)
    status = fields.String(required=True)
    status_text = fields.String(required=True)
    initiator = fields.String(required=True)
    initiator_text = fields.String(required=True)
    reason = fields.Nested(ChosenReasonSchema, required=True)
    note = fields.String(allow_none=True, required=True)
    requested_at = fields.String(required=True)
    confirmed_at = fields.String(allow_none=True, required=True)
    next_step = fields.String(required=True)
    tell_by = fields.String(required=True)


class InterviewSchema(Schema):
    """One interview as its candidate sees it; times are ISO 8601 in UTC, `when_text` is for reading."""

    id = fields.Integer(required=True)
    number = fields.String(required=True)
    status = fields.String(required=True)
    status_text = fields.String(required=True)
    company = fields.String(required=True)
    position = fields.String(required=True)
    department = fields.String(required=True)
    starts_at = fields.String(required=True)
    ends_at = fields.String(required=True)
    when_text = fields.String(required=True)
    contact = fields.Nested(ContactSchema, required=True)
    can_confirm = fields.Boolean(required=True)
    can_cancel = fields.Boolean(required=True)
    why_not = fields.String(allow_none=True, required=True)
    cancellation = fields.Nested(CancellationSchema, allow_none=True, required=True)


class InterviewListSchema(Schema):
    """The candidate's interviews, coming ones first."""

    items = fields.List(fields.Nested(InterviewSchema), required=True)


class ReasonListSchema(Schema):
    """The reasons in the order in which they are offered."""

    items = fields.List(fields.Nested(ReasonSchema), required=True)


class CancelSchema(Schema):
    """Why the candidate cancels."""

    reason = fields.String(required=True, validate=validate.Length(1, 40), error_messages=_REQUIRED)
    note = fields.String(
        allow_none=True, validate=validate.Length(max=NOTE_LIMIT, error=f"补充说明最多 {NOTE_LIMIT} 个字")
    )


class CancelHeadersSchema(Schema):
    """A key of the caller's own for this act: a repeat with the same key gets the first result."""

    idempotency_key = fields.String(
        required=True,
        data_key="Idempotency-Key",
        validate=validate.Regexp(r"^[A-Za-z0-9_.:-]{8,64}$", error="8 到 64 个字母、数字或 - _ . :"),
        error_messages=_REQUIRED,
    )


class NoticeSchema(Schema):
    """One notice in full."""

    id = fields.Integer(required=True)
    event = fields.String(required=True)
    title = fields.String(required=True)
    paragraphs = fields.List(fields.String(), required=True)
    reason = fields.String(allow_none=True, required=True)
    interview_id = fields.Integer(required=True)
    created_at = fields.String(required=True)
    acknowledged_at = fields.String(allow_none=True, required=True)
    can_acknowledge = fields.Boolean(required=True)
    contact = fields.Nested(ContactSchema, required=True)


class NoticeListSchema(Schema):
    """Notices, newest first."""

    items = fields.List(fields.Nested(NoticeSchema), required=True)


class ConsentSchema(Schema):
    """What wx.requestSubscribeMessage answered, by template id."""

    results = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 64)),
        values=fields.String(validate=validate.Length(1, 32)),
        required=True,
        validate=validate.Length(max=5),
        error_messages=_REQUIRED,
    )


class OpeningSchema(Schema):
    """The token of the card whose page is open, and the scene WeChat gives for the entry (小程序场景值)."""

    token = fields.String(required=True, validate=validate.Length(1, 64), error_messages=_REQUIRED)
    scene = fields.Integer(allow_none=True, validate=validate.Range(0, 99999))


class OpenedSchema(Schema):
    """What the card was about."""

    notice_id = fields.Integer(required=True)
    interview_id = fields.Integer(required=True)
    event = fields.String(required=True)
