"""The settings of each SMS provider as the sandbox plays it, and a message to send."""

from collections.abc import Mapping
from typing import Any

from server.channels.base import Outgoing
from server.settings import Sms

REPORT_TOKEN = "sandbox-sms-report-token-0123456789"
INVITATION = {"aliyun": "SMS_900000001", "tencent": "2900001"}
PARAMS = {
    "name": "陈思远",
    "position": "后端开发工程师",
    "time": "3月15日 14:00",
    "contact": "李敏 010-55500101",
}
CHEN = "13900000001"


def sms_settings(provider: str, endpoint: str, **changes: Any) -> Sms:
    """Settings of "aliyun" or "tencent" as in the sandbox's file."""
    account = {
        "aliyun": {
            "access_key_id": "sandbox-aliyun-key-id",
            "access_key_secret": "sandbox-aliyun-key-secret",
        },
        "tencent": {
            "access_key_id": "sandbox-tencent-secret-id",
            "access_key_secret": "sandbox-tencent-secret-key",
            "sdk_app_id": "1400000001",
        },
    }[provider]
    values: dict[str, Any] = {
        "provider": provider,
        "sign_name": "云岚科技",
        "endpoint": endpoint,
        "report_token": REPORT_TOKEN,
        "templates": {"interview_invitation": INVITATION[provider]},
        "read_timeout": 1.0,
        **account,
    }
    return Sms(**(values | changes))


def invitation(provider: str, mobile: str = CHEN, params: Mapping[str, str] = PARAMS) -> Outgoing:
    """An invitation with a token of our own."""
    return Outgoing(
        delivery_id=1,
        token="delivery-token-000001",
        address=mobile,
        template_id=INVITATION[provider],
        payload={"params": params, "text": "…"},
    )
