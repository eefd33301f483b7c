"""The mini-program's one-time subscription message: how a candidate is reached."""

from server.channels._wechat_answers import result_of
from server.channels.base import Outgoing, SendOutcome, SendResult
from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName
from server.wechat.client import MiniProgramClient
from server.wechat.errors import WeChatError


class WeChatSubscribeChannel:
    """Sends over `subscribe/send` (小程序文档 · 发送订阅消息), which has no way to recognise a repeat."""

    name = ChannelName.WECHAT_SUBSCRIBE
    success_rung = DeliveryStatus.DELIVERED
    drops_repeats = False

    def __init__(self, client: MiniProgramClient) -> None:
        self._client = client

    def send(self, message: Outgoing) -> SendResult:
        """Send one message; the result carries a message id only for accounts to which WeChat gives one."""
        try:
            answer = self._client.send_subscribe_message(
                message.address,
                message.template_id,
                dict(message.payload["fields"]),
                page=message.payload["link"],
            )
        except WeChatError as error:
            return result_of(error)
        return SendResult(SendOutcome.ACCEPTED, provider_id=answer.provider_id)
