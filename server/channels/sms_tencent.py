"""短信 through 腾讯云短信, over its own SDK (腾讯云短信 API · 发送短信 SendSms, version 2021-01-11)."""

import logging
from collections.abc import Mapping

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

_OWN_ENDPOINT = "sms.tencentcloudapi.com"
_CONTACT = "请联系腾讯云短信客服。"

# Sources: 腾讯云短信 API · 错误码; 云 API · 公共错误码.
TENCENT_ERRORS: dict[str, Meaning] = {
    # Later
    "LimitExceeded.PhoneNumberThirtySecondLimit": retry(
        "30 秒内已给这个手机号发过短信，稍后会自动重试。", 35
    ),
    "LimitExceeded.DeliveryFrequencyLimit": retry("触发了短信频率限制，稍后会自动重试。", 60),
    "RequestLimitExceeded": retry("调用腾讯云短信过于频繁，稍后会自动重试。", 5),
    # Perhaps
    "InternalError": lost("腾讯云内部出错，无法确定短信是否已发出。"),
    "InternalError.Timeout": lost("腾讯云下发短信超时，无法确定短信是否已发出。"),
    "InternalError.SendAndRecvFail": lost("腾讯云收发短信超时，无法确定短信是否已发出。"),
    "InternalError.ParseBackendResponseFail": lost("腾讯云未能读懂运营商的答复，无法确定短信是否已发出。"),
    "InternalError.UnknownError": lost("腾讯云返回未知错误，无法确定短信是否已发出。"),
    # Not this person, not today
    "LimitExceeded.PhoneNumberDailyLimit": refused("当天发给这个手机号的短信已达上限。"),
    "LimitExceeded.PhoneNumberOneHourLimit": refused("一小时内发给这个手机号的短信已达上限。"),
    "LimitExceeded.PhoneNumberSameContentDailyLimit": refused("当天发给这个手机号的相同短信已达上限。"),
    "InvalidParameterValue.IncorrectPhoneNumber": refused("手机号格式不正确，请核对候选人资料。"),
    "FailedOperation.PhoneNumberParseFail": refused("手机号无法识别，请核对候选人资料。"),
    "FailedOperation.PhoneNumberInBlacklist": refused("对方退订了短信，或在运营商的免打扰名单里。"),
    "UnsupportedOperation.UnsupportedRegion": refused("不支持向这个手机号所在的地区发送短信。"),
    "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone": refused("国内短信模板不能发往境外手机号。"),
    "UnsupportedOperation.GlobalTemplateToChineseMainlandPhone": failed("国际短信模板不能发往国内手机号。"),
    # Not like this
    "InternalError.RestApiInterfaceNotExist": failed("腾讯云短信接口不存在，请联系系统管理员。"),
    "FailedOperation.ContainSensitiveWord": failed("短信内容含敏感词，请换一种说法。"),
    "InvalidParameter.DirtyWordFound": failed("短信内容含敏感词，请换一种说法。"),
    "FailedOperation.MarketingSendTimeConstraint": failed("模板属于营销短信，只能在 8 点到 22 点发送。"),
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": failed("短信变量的个数与模板不一致。"),
    "FailedOperation.FailResolvePacket": failed("腾讯云无法解析请求，请联系系统管理员。"),
    "FailedOperation.JsonParseFail": failed("腾讯云无法解析请求，请联系系统管理员。"),
    "FailedOperation.OtherError": failed(f"腾讯云返回其他错误，{_CONTACT}"),
    "FailedOperation.ParametersOtherError": failed(f"腾讯云认为参数有误，{_CONTACT}"),
    "InternalError.JsonParseFail": failed("腾讯云无法解析变量，请联系系统管理员。"),
    "InternalError.OtherError": failed(f"腾讯云返回其他错误，{_CONTACT}"),
    "InvalidParameter": failed("短信参数不正确，请联系系统管理员。"),
    "InvalidParameter.InvalidParameters": failed("短信参数不正确，请联系系统管理员。"),
    "InvalidParameterValue.ContentLengthLimit": failed("短信内容过长，请缩短。"),
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": failed(
        "短信变量里不能放网址，请把域名写进短信模板。"
    ),
    "InvalidParameterValue.TemplateParameterFormatError": failed(
        "短信变量不符合模板的类型：验证码模板只收 6 位以内的数字。"
    ),
    "InvalidParameterValue.TemplateParameterLengthLimit": failed("短信变量过长，请缩短岗位名称等内容。"),
    "InvalidParameterValue.UnsupportedTemplateVariable": failed("这个账号的短信模板不支持变量。"),
    "LimitExceeded.PhoneNumberCountLimit": failed("一次提交的手机号过多，请联系系统管理员。"),
    "MissingParameter": failed("缺少短信参数，请联系系统管理员。"),
    "MissingParameter.EmptyPhoneNumberSet": failed("缺少手机号，请核对候选人资料。"),
    "UnsupportedOperation": failed("腾讯云不支持这个操作，请联系系统管理员。"),
    # Nobody, until somebody puts it right
    "FailedOperation.InsufficientBalanceInSmsPackage": failed("腾讯云短信套餐包余量不足，请尽快购买。"),
    "FailedOperation.SignatureIncorrectOrUnapproved": failed("短信签名不存在或未通过审核，请核对签名设置。"),
    "FailedOperation.TemplateIncorrectOrUnapproved": failed("短信模板未通过审核，或内容与模板不符。"),
    "FailedOperation.TemplateUnapprovedOrNotExist": failed("短信模板不存在或未通过审核，请核对模板设置。"),
    "InternalError.RequestTimeException": failed("服务器时间与腾讯云相差过大，请校准服务器时间。"),
    "InternalError.SigFieldMissing": failed("请求缺少签名，请联系系统管理员。"),
    "InternalError.SigVerificationFail": failed("SecretKey 不正确，请核对设置。"),
    "InvalidParameter.AppidAndBizId": failed("SdkAppId 与账号不匹配，请核对设置。"),
    "InvalidParameterValue.SdkAppIdNotExist": failed("SdkAppId 不存在，请核对设置。"),
    "LimitExceeded.AppDailyLimit": failed("短信已达到当天的发送总量上限，可在腾讯云控制台调整。"),
    "LimitExceeded.AppMainlandChinaDailyLimit": failed("国内短信已达到当天的发送总量上限，可在控制台调整。"),
    "LimitExceeded.DailyLimit": failed("短信已达到当天的发送总量上限，可在腾讯云控制台调整。"),
    "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny": failed("个人账号不能发送营销短信。"),
    "UnauthorizedOperation.RequestIpNotInWhitelist": failed("服务器的 IP 不在腾讯云短信的白名单内。"),
    "UnauthorizedOperation.RequestPermissionDeny": failed("访问密钥没有发送短信的权限，请在访问管理中授权。"),
    "UnauthorizedOperation.SdkAppIdIsDisabled": failed("这个 SdkAppId 已被停用，请到腾讯云控制台查看。"),
    "UnauthorizedOperation.ServiceSuspendDueToArrears": failed("腾讯云账号欠费，短信已停用，请尽快充值。"),
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail": failed("SdkAppId 不属于这对密钥的账号，请核对设置。"),
    "UnauthorizedOperation": failed("访问密钥没有发送短信的权限，请在访问管理中授权。"),
    "AuthFailure.InvalidAuthorization": failed("请求签名不完整，请联系系统管理员。"),
    "AuthFailure.InvalidSecretId": failed("SecretId 无效，请核对设置。"),
    "AuthFailure.SecretIdNotFound": failed("SecretId 不存在或已停用，请核对设置。"),
    "AuthFailure.SignatureExpire": failed("服务器时间与腾讯云相差过大，请校准服务器时间。"),
    "AuthFailure.SignatureFailure": failed("SecretKey 不正确，请核对设置。"),
    "AuthFailure.UnauthorizedOperation": failed("访问密钥没有发送短信的权限，请在访问管理中授权。"),
    "IpInBlacklist": failed("服务器的 IP 被腾讯云拒绝。"),
    "IpNotInWhitelist": failed("服务器的 IP 不在访问密钥的白名单内。"),
}


class TencentSms:
    """Sends one message a call; `SessionContext` carries our token, SerialNo is the message's own id."""

    def __init__(self, settings: Sms) -> None:
        # Imported here as the other provider's is, though this one costs 1 MB and less than 0.1 s.
        from tencentcloud.common.credential import Credential
        from tencentcloud.common.profile.client_profile import ClientProfile
        from tencentcloud.common.profile.http_profile import HttpProfile
        from tencentcloud.sms.v20210111.sms_client import SmsClient

        # At DEBUG it writes whole requests, with mobile numbers and signatures, into the log.
        logging.getLogger("tencentcloud_sdk_common").setLevel(logging.WARNING)
        self._sign_name, self._sdk_app_id = settings.sign_name, settings.sdk_app_id
        http = HttpProfile(
            protocol=settings.endpoint_scheme,
            endpoint=settings.endpoint_host or _OWN_ENDPOINT,
            # The SDK hands this to `requests` as it is, which takes connect and read apart.
            reqTimeout=(settings.connect_timeout, settings.read_timeout),
        )
        credential = Credential(settings.access_key_id, settings.access_key_secret)
        profile = ClientProfile(httpProfile=http, language="zh-CN")
        self._client = SmsClient(credential, settings.region or "ap-guangzhou", profile)

    def send(self, mobile: str, template: str, params: Mapping[str, str], token: str) -> SendResult:
        """Hand over one message; a client without a retryer calls once and never again."""
        from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
        from tencentcloud.sms.v20210111.models import SendSmsRequest

        request = SendSmsRequest()
        request.PhoneNumberSet = [f"+86{mobile}"]
        request.SmsSdkAppId = self._sdk_app_id
        request.SignName = self._sign_name
        request.TemplateId = template
        # Tencent's templates number their variables, so only the order tells them apart.
        request.TemplateParamSet = list(params.values())
        request.SessionContext = token
        try:
            answer = self._client.SendSms(request)
        except TencentCloudSDKException as error:
            if not error.requestId:  # not Tencent's answer, but what failed on the way
                return network_result(error)
            return answer_result(TENCENT_ERRORS, str(error.code), error.message, error.requestId)
        if not answer.SendStatusSet:
            return network_result(ValueError("no status in the answer"))
        [status, *_] = answer.SendStatusSet
        if status.Code == "Ok":
            return SendResult(SendOutcome.ACCEPTED, provider_id=status.SerialNo)
        return answer_result(TENCENT_ERRORS, str(status.Code), status.Message, answer.RequestId)
