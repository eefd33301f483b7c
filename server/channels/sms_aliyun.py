"""短信 through 阿里云短信服务, over its own SDK (短信服务 API · SendSms, version 2017-05-25)."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from server.channels._sms_answers import (
    Meaning,
    answer_result,
    failed,
    lost,
    network_result,
    refused,
    retry,
)
from server.channels.base import SendOutcome, SendResult
from server.settings import Sms

_OWN_ENDPOINT = "dysmsapi.aliyuncs.com"

# Sources: 短信服务 · API 错误码; OpenAPI · 公共错误码.
ALIYUN_ERRORS: dict[str, Meaning] = {
    # Later
    "isp.SYSTEM_ERROR": retry("阿里云短信系统出错，稍后会自动重试。", 10),
    "Throttling": retry("调用阿里云短信过于频繁，稍后会自动重试。", 5),
    "Throttling.Api": retry("调用阿里云短信过于频繁，稍后会自动重试。", 5),
    "Throttling.User": retry("调用阿里云短信过于频繁，稍后会自动重试。", 5),
    "SignatureNonceUsed": retry("请求被判为重复提交，稍后会自动重试。", 5),
    "ServiceUnavailable": retry("阿里云短信服务暂不可用，稍后会自动重试。", 30),
    # Perhaps
    "InternalError": lost("阿里云短信内部出错，无法确定短信是否已发出。"),
    "isp.GATEWAY_ERROR": lost("阿里云短信网关出错，无法确定短信是否已发出。"),
    # Not this person, not today: another channel is quicker than waiting for a limit to pass.
    "isv.BUSINESS_LIMIT_CONTROL": refused("发给这个手机号的短信已达到频率上限。"),
    "isv.MOBILE_NUMBER_ILLEGAL": refused("手机号格式不正确，请核对候选人资料。"),
    "isv.DOMESTIC_NUMBER_NOT_SUPPORTED": refused("所用短信模板不支持发往中国内地的手机号。"),
    # Not like this
    "isv.BLACK_KEY_CONTROL_LIMIT": failed("短信变量中有禁用词，请换一种说法。"),
    "isv.PARAM_LENGTH_LIMIT": failed("短信变量过长，请缩短岗位名称等内容。"),
    "isv.PARAM_NOT_SUPPORT_URL": failed("短信变量里不能放网址，请把域名写进短信模板。"),
    "isv.TEMPLATE_MISSING_PARAMETERS": failed("短信缺少模板要求的变量，请核对模板设置。"),
    "isv.TEMPLATE_PARAMS_ILLEGAL": failed("短信变量不符合模板规定的类型，请核对模板设置。"),
    "isv.INVALID_PARAMETERS": failed("短信参数不正确，请联系系统管理员。"),
    "isv.INVALID_JSON_PARAM": failed("短信变量的格式不正确，请联系系统管理员。"),
    "isv.SMS_CONTENT_ILLEGAL": failed("短信内容含有违规信息，阿里云不予发送。"),
    "isv.MOBILE_COUNT_OVER_LIMIT": failed("一次提交的手机号过多，请联系系统管理员。"),
    "isv.EXTEND_CODE_ERROR": failed("短信扩展码不正确，请联系系统管理员。"),
    # Nobody, until somebody puts it right
    "isv.AMOUNT_NOT_ENOUGH": failed("阿里云账户余额不足，请尽快充值。"),
    "isv.OUT_OF_SERVICE": failed("阿里云短信已停机（欠费或套餐用完），请尽快充值。"),
    "isv.DAY_LIMIT_CONTROL": failed("短信已达到当天的发送总量上限，可在阿里云控制台调整。"),
    "isv.MONTH_LIMIT_CONTROL": failed("短信已达到当月的发送总量上限，可在阿里云控制台调整。"),
    "isv.PRODUCT_UN_SUBSCRIPT": failed("阿里云账户尚未开通短信服务。"),
    "isv.PRODUCT_UNSUBSCRIBE": failed("阿里云账户尚未开通短信服务。"),
    "isv.ACCOUNT_NOT_EXISTS": failed("阿里云账户不存在，请核对访问密钥。"),
    "isv.ACCOUNT_ABNORMAL": failed("阿里云账户状态异常，请到控制台查看。"),
    "isv.SECURITY_FROZEN_ACCOUNT": failed("阿里云账户已被冻结，请到控制台查看。"),
    "isv.SMS_SIGNATURE_ILLEGAL": failed("短信签名不存在或未通过审核，请核对签名设置。"),
    "isv.SMS_SIGN_ILLEGAL": failed("短信签名已被禁用，请到阿里云控制台查看。"),
    "isv.SMS_SIGNATURE_SCENE_ILLEGAL": failed("短信签名的适用场景与模板类型不符。"),
    "isv.SMS_TEMPLATE_ILLEGAL": failed("短信模板不存在或未通过审核，请核对模板设置。"),
    "isv.SMS_TEST_SIGN_TEMPLATE_LIMIT": failed("测试签名和测试模板只能一起使用，请改用正式的。"),
    "isv.SMS_TEST_NUMBER_LIMIT": failed("测试签名只能发给已绑定的手机号，请改用正式签名。"),
    "isv.DENY_IP_RANGE": failed("服务器所在地区的 IP 被阿里云拒绝。"),
    "isp.RAM_PERMISSION_DENY": failed("访问密钥没有发送短信的权限，请在 RAM 中授权。"),
    "Forbidden.RAM": failed("访问密钥没有发送短信的权限，请在 RAM 中授权。"),
    "SignatureDoesNotMatch": failed("AccessKey Secret 不正确，请核对设置。"),
    "IncompleteSignature": failed("请求签名不完整，请联系系统管理员。"),
    "InvalidAccessKeyId.NotFound": failed("AccessKey ID 不存在，请核对设置。"),
    "InvalidAccessKeyId.Inactive": failed("AccessKey 已被停用，请到阿里云控制台启用。"),
    "InvalidTimeStamp.Expired": failed("服务器时间与阿里云相差过大，请校准服务器时间。"),
    "MissingPhoneNumbers": failed("缺少手机号，请核对候选人资料。"),
    "MissingSignName": failed("缺少短信签名，请核对设置。"),
    "MissingTemplateCode": failed("缺少短信模板编号，请核对设置。"),
}


class AliyunSms:
    """Sends one message a call; `OutId` carries our token, which the status report brings back."""

    def __init__(self, settings: Sms) -> None:
        # Imported here: this SDK brings an asynchronous HTTP client along, which costs a process 15 MB and up
        # to 0.3 s at its start, and whoever uses another provider or none should not pay that.
        from alibabacloud_dysmsapi20170525.client import Client
        from alibabacloud_tea_openapi.utils_models import Config

        # This logger has an output of its own and prints whole requests where DEBUG=sdk is set.
        logging.getLogger("darabonba-core").setLevel(logging.WARNING)
        self._sign_name = settings.sign_name
        self._timeouts = {
            "connect_timeout": int(settings.connect_timeout * 1000),
            "read_timeout": int(settings.read_timeout * 1000),
        }
        self._client = Client(
            Config(
                access_key_id=settings.access_key_id,
                access_key_secret=settings.access_key_secret,
                region_id=settings.region or "cn-hangzhou",
                protocol=settings.endpoint_scheme,
                endpoint=settings.endpoint_host or _OWN_ENDPOINT,
            )
        )

    def send(self, mobile: str, template: str, params: Mapping[str, str], token: str) -> SendResult:
        """Hand over one message; without retry options the SDK calls once and never again."""
        from alibabacloud_dysmsapi20170525.models import SendSmsRequest
        from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
        from darabonba.runtime import RuntimeOptions

        request = SendSmsRequest(
            phone_numbers=mobile,
            sign_name=self._sign_name,
            template_code=template,
            template_param=json.dumps(dict(params), ensure_ascii=False),
            out_id=token,
        )
        try:
            answer = self._client.send_sms_with_options(request, RuntimeOptions(**self._timeouts)).body
        except AlibabaCloudException as error:
            return _refusal(error)
        except Exception as error:  # noqa: BLE001 - the SDK lets every kind of error through
            return network_result(error)
        if answer is None or not answer.code:
            return network_result(ValueError("no code in the answer"))
        if answer.code == "OK":
            return SendResult(SendOutcome.ACCEPTED, provider_id=answer.biz_id)
        return answer_result(ALIYUN_ERRORS, answer.code, answer.message, answer.request_id)


def _refusal(error: Any) -> SendResult:
    status = getattr(error, "status_code", None) or 0
    code = error.code if error.code and error.code != "None" else ""
    # A gateway that answers 5xx without one of the documented codes may have passed the message on.
    if not code or (status >= 500 and code not in ALIYUN_ERRORS):
        return network_result(error)
    data = error.data if isinstance(error.data, dict) else {}
    return answer_result(ALIYUN_ERRORS, code, data.get("Message"), data.get("RequestId"))
