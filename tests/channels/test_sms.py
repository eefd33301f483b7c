"""The SMS channel: both providers over their own SDKs, against the sandbox over HTTP."""

import logging
import socket
import subprocess
import sys
import time

import pytest
from pydantic import ValidationError

from server.channels._sms_answers import Table, short_code
from server.channels.base import SendOutcome, SendResult
from server.channels.sms import SmsChannel, build_sms_channel
from server.channels.sms_aliyun import ALIYUN_ERRORS
from server.channels.sms_tencent import TENCENT_ERRORS
from server.settings import Sms
from tests.channels.sms_accounts import CHEN, INVITATION, PARAMS, invitation, sms_settings
from tests.fixtures_sandbox import PROJECT, Sandbox, free_port

PROVIDERS = ("aliyun", "tencent")
TABLES: dict[str, Table] = {"aliyun": ALIYUN_ERRORS, "tencent": TENCENT_ERRORS}
# Every line of both tables.
ROWS = [(provider, code) for provider, table in TABLES.items() for code in table]


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def as_new(wechat: Sandbox) -> None:
    wechat.reset()


def channel_to(wechat: Sandbox, provider: str, **changes: object) -> SmsChannel:
    return build_sms_channel(sms_settings(provider, wechat.url, **changes))


def accepted(wechat: Sandbox) -> list[dict[str, str]]:
    items: list[dict[str, str]] = wechat.get("/sandbox/sms/accepted").json()["items"]
    return items


def test_a_message_arrives_as_the_person_reads_it(wechat: Sandbox, provider: str) -> None:
    result = channel_to(wechat, provider).send(invitation(provider))
    assert result.outcome is SendOutcome.ACCEPTED
    [message] = wechat.get("/sandbox/people/chen-siyuan/sms").json()["items"]
    assert message["text"] == (
        "【云岚科技】陈思远您好，邀请您参加「后端开发工程师」AI 面试，时间 3月15日 14:00。"
        "请在微信小程序「约面」中确认或取消，联系人 李敏 010-55500101。"
    )
    [taken] = accepted(wechat)
    assert (taken["serial"], taken["token"]) == (result.provider_id, "delivery-token-000001")


def test_variables_go_in_the_order_of_the_template_whatever_order_they_come_in(wechat: Sandbox) -> None:
    order = {"interview_invitation": ["name", "position", "time", "contact"]}
    shuffled = {name: PARAMS[name] for name in ("time", "name", "contact", "position")}
    result = channel_to(wechat, "tencent", parameters=order).send(invitation("tencent", params=shuffled))
    assert result.outcome is SendOutcome.ACCEPTED
    assert "陈思远您好，邀请您参加「后端开发工程师」" in accepted(wechat)[0]["text"]


@pytest.mark.parametrize(("provider", "code"), ROWS)
def test_every_known_error_has_its_outcome_and_its_words(wechat: Sandbox, provider: str, code: str) -> None:
    wechat.behave("chen-siyuan", sms_error=code)
    result = shared_channel(wechat, provider).send(invitation(provider))
    meaning = TABLES[provider][code]
    assert (result.outcome, result.words) == (meaning.outcome, meaning.words)
    assert (result.delay.total_seconds() if result.delay else None) == meaning.seconds
    assert result.code == short_code(code)
    assert result.raw["code"] == code
    assert result.raw["request_id"]


_channels: dict[tuple[str, str], SmsChannel] = {}


def shared_channel(wechat: Sandbox, provider: str) -> SmsChannel:
    """One channel for all rows, as a process has one for all messages."""
    return _channels.setdefault((wechat.url, provider), channel_to(wechat, provider))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_word_is_a_sentence_for_hr(table: Table) -> None:
    for code, meaning in table.items():
        assert meaning.words.endswith("。"), code
        assert (meaning.outcome is SendOutcome.RETRY) == (meaning.seconds is not None), code
        assert meaning.outcome is not SendOutcome.ACCEPTED, code


def test_an_unknown_error_fails_in_the_providers_own_words(wechat: Sandbox, provider: str) -> None:
    wechat.behave("chen-siyuan", sms_error="isv.SOMETHING_NEW")
    result = channel_to(wechat, provider).send(invitation(provider))
    assert result.outcome is SendOutcome.FAILED
    assert (result.code, result.words) == ("isv.SOMETHING_NEW", "isv.SOMETHING_NEW (sandbox)")


@pytest.mark.parametrize(
    ("changes", "aliyun", "tencent"),
    [
        ({"access_key_id": "nobodys-key-id"}, "InvalidAccessKeyId.NotFound", "AuthFailure.SecretIdNotFound"),
        ({"access_key_secret": "not-the-secret"}, "SignatureDoesNotMatch", "AuthFailure.SignatureFailure"),
        (
            {"sign_name": "别家公司"},
            "isv.SMS_SIGNATURE_ILLEGAL",
            "FailedOperation.SignatureIncorrectOrUnapproved",
        ),
    ],
)
def test_wrong_settings_fail_with_what_to_put_right(
    wechat: Sandbox, provider: str, changes: dict[str, str], aliyun: str, tencent: str
) -> None:
    expected = {"aliyun": aliyun, "tencent": tencent}[provider]
    result = channel_to(wechat, provider, **changes).send(invitation(provider))
    assert (result.outcome, result.code) == (SendOutcome.FAILED, short_code(expected))
    assert accepted(wechat) == []


@pytest.mark.parametrize(
    ("mobile", "params", "outcome", "aliyun", "tencent"),
    [
        (
            "12345",
            PARAMS,
            SendOutcome.REFUSED,
            "isv.MOBILE_NUMBER_ILLEGAL",
            "InvalidParameterValue.IncorrectPhoneNumber",
        ),
        (
            CHEN,
            {"name": "陈思远"},
            SendOutcome.FAILED,
            "isv.TEMPLATE_MISSING_PARAMETERS",
            "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
        ),
        (
            CHEN,
            PARAMS | {"contact": "https://example.com/"},
            SendOutcome.FAILED,
            "isv.PARAM_NOT_SUPPORT_URL",
            "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
        ),
        (
            CHEN,
            PARAMS | {"position": "长" * 36},
            SendOutcome.FAILED,
            "isv.PARAM_LENGTH_LIMIT",
            "InvalidParameterValue.TemplateParameterLengthLimit",
        ),
    ],
)
def test_a_message_that_breaks_a_rule_is_refused(
    wechat: Sandbox,
    provider: str,
    mobile: str,
    params: dict[str, str],
    outcome: SendOutcome,
    aliyun: str,
    tencent: str,
) -> None:
    expected = {"aliyun": aliyun, "tencent": tencent}[provider]
    result = channel_to(wechat, provider).send(invitation(provider, mobile, params))
    assert (result.outcome, result.code) == (outcome, short_code(expected))


def test_a_lost_answer_is_never_sent_again(wechat: Sandbox, provider: str) -> None:
    wechat.behave("chen-siyuan", sms_loses_answer=True)
    result = channel_to(wechat, provider).send(invitation(provider))
    assert result.outcome is SendOutcome.LOST
    assert len(accepted(wechat)) == 1
    assert CHEN not in repr(result)


def test_an_answer_that_comes_too_late_is_lost(wechat: Sandbox, provider: str) -> None:
    wechat.behave("chen-siyuan", sms_slow_seconds=1.6)
    began = time.monotonic()
    result = channel_to(wechat, provider).send(invitation(provider))
    assert result.outcome is SendOutcome.LOST
    assert time.monotonic() - began < 1.5
    assert len(accepted(wechat)) == 1


def test_a_provider_that_cannot_be_reached_is_tried_again_later(provider: str) -> None:
    settings = sms_settings(provider, f"http://127.0.0.1:{free_port()}")
    result = build_sms_channel(settings).send(invitation(provider))
    assert result.outcome is SendOutcome.RETRY
    assert result.delay
    assert CHEN not in repr(result)


def test_a_connection_that_is_never_made_is_tried_again_later(provider: str) -> None:
    # A full backlog: the kernel answers no further handshake.
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        others = [socket.socket() for _ in range(4)]
        for other in others:
            other.setblocking(False)
            other.connect_ex(deaf.getsockname())
        settings = sms_settings(provider, f"http://127.0.0.1:{deaf.getsockname()[1]}", connect_timeout=0.3)
        result = build_sms_channel(settings).send(invitation(provider))
        for other in others:
            other.close()
    assert result.outcome is SendOutcome.RETRY


def test_a_cut_connection_is_lost(wechat: Sandbox, provider: str) -> None:
    wechat.settings(sms_down=True)
    assert channel_to(wechat, provider).send(invitation(provider)).outcome is SendOutcome.LOST


def test_nothing_of_a_message_reaches_the_log(
    wechat: Sandbox, provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = sms_settings(provider, wechat.url)
    channel = build_sms_channel(settings)
    with caplog.at_level(logging.DEBUG):
        channel.send(invitation(provider))
    for secret in (CHEN, "陈思远", settings.access_key_secret, "Signature="):
        assert secret not in caplog.text


def test_a_process_without_sms_loads_no_sdk() -> None:
    script = (
        "import sys, server.channels.sms; "
        "print([name for name in sys.modules if name.startswith(('alibabacloud', 'tencentcloud'))])"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "http://dysmsapi.aliyuncs.com"},
        {"endpoint": "dysmsapi.aliyuncs.com"},
        {"report_token": "short"},
        {"parameters": {"no_such_template": ["name"]}},
        {"provider": "tencent", "sdk_app_id": ""},
    ],
)
def test_settings_that_cannot_work_stop_the_start(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Sms(**(sms_settings("aliyun", "").model_dump() | changes))


def test_without_an_endpoint_the_provider_is_called_over_https() -> None:
    settings = sms_settings("aliyun", "")
    assert (settings.endpoint_scheme, settings.endpoint_host) == ("https", "")


def test_the_templates_of_the_sandbox_are_the_ones_the_tests_name(wechat: Sandbox) -> None:
    result: SendResult = channel_to(wechat, "aliyun").send(invitation("aliyun"))
    assert accepted(wechat)[0]["template"] == INVITATION["aliyun"]
    assert result.provider_id is not None
    assert result.provider_id.endswith("^0")
