"""短信: the channel that reaches a candidate whom WeChat does not."""

from collections.abc import Mapping

from server.channels._sms_answers import SmsProvider
from server.channels.base import Outgoing, SendResult
from server.channels.sms_aliyun import AliyunSms
from server.channels.sms_tencent import TencentSms
from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName
from server.settings import Sms

_PROVIDERS: dict[str, type[AliyunSms] | type[TencentSms]] = {"aliyun": AliyunSms, "tencent": TencentSms}


class SmsChannel:
    """Sends templates of the configured provider.

    No provider recognises a repeat: a message whose answer was lost is never sent again, only its status
    report can tell what became of it.
    """

    name = ChannelName.SMS
    success_rung = DeliveryStatus.DELIVERED
    drops_repeats = False

    def __init__(self, provider: SmsProvider, orders: Mapping[str, list[str]]) -> None:
        """`orders` says, by template code, in which order a template numbers its variables."""
        self._provider, self._orders = provider, orders

    def send(self, message: Outgoing) -> SendResult:
        """Send one message: `payload["params"]` are the variables; `address` is a mobile of 11 digits."""
        params = message.payload["params"]
        # A database may give the keys of a JSON object back in another order than they went in.
        names = self._orders.get(message.template_id) or list(params)
        ordered = {name: str(params[name]) for name in names if name in params}
        return self._provider.send(message.address, message.template_id, ordered, message.token)


def build_sms_channel(settings: Sms) -> SmsChannel:
    """The channel for these settings; loads the provider's SDK, opens no connection."""
    orders = {settings.templates[name]: names for name, names in settings.parameters.items()}
    return SmsChannel(_PROVIDERS[settings.provider](settings), orders)
