"""E-mail over SMTP: reaches people whom WeChat and SMS do not, and carries the appointment."""

import re
from email.policy import SMTP
from zoneinfo import ZoneInfo

from server.channels._email_content import EmailWriter
from server.channels._smtp_answers import (
    AnswerLost,
    Rejected,
    readable,
    result_of_network,
    result_of_rejection,
)
from server.channels._smtp_connections import SmtpConnections, hand_over
from server.channels.base import Outgoing, SendOutcome, SendResult
from server.domain.delivery import DeliveryStatus
from server.domain.events import ChannelName
from server.settings import Email

# What every mail server takes; addresses beyond ASCII need an extension that few offer.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ADDRESS_LIMIT = 254


class EmailChannel:
    """Sends over one mail server. Acceptance by the server is the last thing we hear.

    A lost answer is not simply sent again: few servers drop a second message with the same Message-ID.
    """

    name = ChannelName.EMAIL
    success_rung = DeliveryStatus.ACCEPTED
    drops_repeats = False

    def __init__(self, settings: Email, *, company: str, zone: ZoneInfo) -> None:
        self._sender = settings.from_address
        self._connections = SmtpConnections(settings)
        self._writer = EmailWriter(
            company=company,
            from_address=settings.from_address,
            from_name=settings.from_name or company,
            zone=zone,
        )

    def send(self, message: Outgoing) -> SendResult:
        """Send one e-mail; `provider_id` is its Message-ID, `code` the server's reply code."""
        if len(message.address) > _ADDRESS_LIMIT or not _ADDRESS.fullmatch(message.address):
            return SendResult(SendOutcome.REFUSED, words="邮箱地址的格式不正确。")
        content = self._writer.write(message).as_bytes(policy=SMTP)
        try:
            with self._connections.connected() as smtp:
                reply = hand_over(smtp, self._sender, message.address, content)
        except Rejected as rejection:
            return result_of_rejection(rejection)
        except AnswerLost:
            words = "邮件已交给服务器，但没有收到答复，无法确定是否送出。"
            return SendResult(SendOutcome.LOST, words=words)
        except OSError as error:
            return result_of_network(error)
        return SendResult(
            SendOutcome.ACCEPTED,
            provider_id=self._writer.message_id(message.token),
            code="250",
            raw={"code": 250, "reply": readable(reply)},
        )

    def close(self) -> None:
        """Let go of the connections nobody uses at the moment."""
        self._connections.close()
