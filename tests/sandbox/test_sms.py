"""The SMS providers in the sandbox, as their SDKs and the web server meet them."""

import json
from typing import Any

import pytest
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import SendSmsRequest
from alibabacloud_tea_openapi.utils_models import Config
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models as tencent
from tencentcloud.sms.v20210111.sms_client import SmsClient

from tests.fixtures_sandbox import Sandbox
from tests.sandbox.receiver import Receiver

CHEN = "13900000001"
VALUES = {"name": "陈思远", "position": "后端开发工程师", "time": "3月15日 14:00", "contact": "李敏"}
TEXT = (
    "【云岚科技】陈思远您好，邀请您参加「后端开发工程师」AI 面试，时间 3月15日 14:00。"
    "请在微信小程序「约面」中确认或取消，联系人 李敏。"
)
PROVIDERS = ["aliyun", "tencent"]


@pytest.fixture
def receiver(receiver: Receiver, sandbox: Sandbox) -> Receiver:
    sandbox.settings(sms_report_seconds=0)
    return receiver


def aliyun(sandbox: Sandbox, mobile: str = CHEN, key_id: str = "sandbox-aliyun-key-id") -> Any:
    """Send through Aliyun's SDK; the answer's body."""
    config = Config(access_key_id=key_id, access_key_secret="sandbox-aliyun-key-secret", protocol="http")
    config.endpoint = sandbox.url.removeprefix("http://")
    request = SendSmsRequest(
        phone_numbers=mobile,
        sign_name="云岚科技",
        template_code="SMS_900000001",
        template_param=json.dumps(VALUES, ensure_ascii=False),
        out_id="our-token",
    )
    return Client(config).send_sms(request).body


def tencent_cloud(sandbox: Sandbox, mobile: str = CHEN, key_id: str = "sandbox-tencent-secret-id") -> Any:
    """Send through Tencent Cloud's SDK; the status of the one number."""
    http = HttpProfile(protocol="http", endpoint=sandbox.url.removeprefix("http://"))
    credential = Credential(key_id, "sandbox-tencent-secret-key")
    client = SmsClient(credential, "ap-guangzhou", ClientProfile(httpProfile=http))
    request = tencent.SendSmsRequest()
    request.PhoneNumberSet = [f"+86{mobile}"]
    request.SmsSdkAppId = "1400000001"
    request.SignName = "云岚科技"
    request.TemplateId = "2900001"
    request.TemplateParamSet = list(VALUES.values())
    request.SessionContext = "our-token"
    [status] = client.SendSms(request).SendStatusSet
    return status


def send(provider: str, sandbox: Sandbox, mobile: str = CHEN) -> str:
    """Send through a provider and return its id for the message, or its error code."""
    if provider == "aliyun":
        answer = aliyun(sandbox, mobile)
        return str(answer.biz_id or answer.code)
    status = tencent_cloud(sandbox, mobile)
    return str(status.SerialNo or status.Code)


def messages(sandbox: Sandbox, person: str = "chen-siyuan") -> dict[str, Any]:
    answer: dict[str, Any] = sandbox.get(f"/sandbox/people/{person}/sms").json()
    return answer


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_message_lies_on_the_phone_until_it_is_read(
    sandbox: Sandbox, receiver: Receiver, provider: str
) -> None:
    send(provider, sandbox)
    box = messages(sandbox)
    assert box["unread"] == 1
    [message] = box["items"]
    assert message["text"] == TEXT
    assert message["sender"].startswith("106")
    assert sandbox.post(f"/sandbox/people/chen-siyuan/sms/{message['id']}/read").status_code == 204
    assert messages(sandbox)["unread"] == 0


def test_aliyun_reports_with_our_token(sandbox: Sandbox, receiver: Receiver) -> None:
    serial = send("aliyun", sandbox)
    [push] = receiver.wait_for_sms()
    assert push.path == "/webhooks/sms/aliyun?token=sandbox-sms-report-token-0123456789"
    report = push.report
    assert (report["biz_id"], report["out_id"], report["phone_number"]) == (serial, "our-token", CHEN)
    assert (report["success"], report["err_code"]) == (True, "DELIVERED")
    assert (len(TEXT), report["sms_size"]) == (72, "2")


def test_tencent_reports_with_its_own_id_only(sandbox: Sandbox, receiver: Receiver) -> None:
    serial = send("tencent", sandbox)
    [push] = receiver.wait_for_sms()
    assert push.path == "/webhooks/sms/tencent?token=sandbox-sms-report-token-0123456789"
    report = push.report
    assert (report["sid"], report["mobile"], report["nationcode"]) == (serial, CHEN, "86")
    assert (report["report_status"], report["errmsg"]) == ("SUCCESS", "DELIVRD")
    assert "our-token" not in json.dumps(report)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(("became", "word"), [("off", "关机"), ("vacant", "空号")])
def test_what_cannot_arrive_is_taken_and_then_reported(
    sandbox: Sandbox, receiver: Receiver, provider: str, became: str, word: str
) -> None:
    sandbox.behave("chen-siyuan", sms_report=became)
    send(provider, sandbox)
    [push] = receiver.wait_for_sms()
    assert push.report.get("success", push.report.get("report_status")) in (False, "FAIL")
    assert word in push.report.get("err_msg", push.report.get("description"))
    assert messages(sandbox)["items"] == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_reports_may_come_twice(sandbox: Sandbox, receiver: Receiver, provider: str) -> None:
    sandbox.behave("chen-siyuan", sms_duplicates_reports=True)
    send(provider, sandbox)
    first, second = receiver.wait_for_sms(2)
    assert first == second


def test_a_report_that_was_not_taken_comes_again(sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [500, 503]
    send("aliyun", sandbox)
    assert len(receiver.wait_for_sms(3)) == 3


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("fault", ["illegal_number", "frequency", "isv.SOMETHING_ELSE"])
def test_faults_carry_the_providers_own_codes(sandbox: Sandbox, provider: str, fault: str) -> None:
    sandbox.behave("chen-siyuan", sms_error=fault)
    expected = {
        ("illegal_number", "aliyun"): "isv.MOBILE_NUMBER_ILLEGAL",
        ("illegal_number", "tencent"): "InvalidParameterValue.IncorrectPhoneNumber",
        ("frequency", "aliyun"): "isv.BUSINESS_LIMIT_CONTROL",
        ("frequency", "tencent"): "LimitExceeded.PhoneNumberDailyLimit",
    }
    assert send(provider, sandbox) == expected.get((fault, provider), fault)
    assert messages(sandbox)["items"] == []


def test_arrears_stop_the_service(sandbox: Sandbox) -> None:
    sandbox.behave("chen-siyuan", sms_error="arrears")
    assert send("aliyun", sandbox) == "isv.OUT_OF_SERVICE"
    with pytest.raises(TencentCloudSDKException) as refused:
        send("tencent", sandbox)
    assert refused.value.code == "UnauthorizedOperation.ServiceSuspendDueToArrears"


def test_an_unknown_key_is_refused_by_both(sandbox: Sandbox) -> None:
    with pytest.raises(Exception, match=r"InvalidAccessKeyId\.NotFound"):
        aliyun(sandbox, key_id="nobody")
    with pytest.raises(TencentCloudSDKException) as refused:
        tencent_cloud(sandbox, key_id="nobody")
    assert refused.value.code == "AuthFailure.SecretIdNotFound"


def test_a_call_without_a_signature_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.http.post(sandbox.url + "/", headers={"x-acs-action": "SendSms"}, timeout=5)
    assert (answer.status_code, answer.json()["Code"]) == (400, "MissingAccessKeyId")
    answer = sandbox.http.post(sandbox.url + "/", headers={"X-TC-Action": "SendSms"}, timeout=5)
    assert answer.json()["Response"]["Error"]["Code"] == "AuthFailure.InvalidAuthorization"
    assert sandbox.http.post(sandbox.url + "/", timeout=5).status_code == 404


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_stranger_gets_the_message_and_nobody_sees_it(
    sandbox: Sandbox, receiver: Receiver, provider: str
) -> None:
    serial = send(provider, sandbox, "13812345678")
    receiver.wait_for_sms()
    [taken] = sandbox.get("/sandbox/sms/accepted").json()["items"]
    assert (taken["serial"], taken["person"]) == (serial, None)


def test_people_have_the_numbers_of_the_demos_candidates(sandbox: Sandbox) -> None:
    numbers = {one["name"]: one["mobile"] for one in sandbox.people()}
    assert (numbers["陈思远"], numbers["何静"]) == (CHEN, "13900000007")
    assert sandbox.add_person("new-person", "新人", mobile="13900000099")["mobile"] == "13900000099"
