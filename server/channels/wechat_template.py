"""The official account's template message: how HR is alerted."""

from server.channels._wechat_answers import result_of
from server.channels.base import Outgoing, SendOutcome, SendResult
from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName
from server.wechat.client import OfficialAccountClient
from server.wechat.errors import WeChatError


class WeChatTemplateChannel:
    """Sends over `message/template/send` (服务号文档 · 发送模板消息).

    WeChat drops a repeat with the same `client_msg_id` for ten minutes, which is longer than any lease.
    """

    name = ChannelName.WECHAT_TEMPLATE
    success_rung = DeliveryStatus.DELIVERED
    drops_repeats = True

    def __init__(self, client: OfficialAccountClient) -> None:
        self._client = client

    def send(self, message: Outgoing) -> SendResult:
        """Send one message; a tap on its card opens the link in WeChat's own browser."""
        try:
            answer = self._client.send_template_message(
                message.address,
                message.template_id,
                dict(message.payload["fields"]),
                url=message.payload["link"],
                client_msg_id=message.token,
            )
        except WeChatError as error:
            return result_of(error)
        return SendResult(SendOutcome.ACCEPTED, provider_id=answer.provider_id)
