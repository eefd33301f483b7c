"""What a mail server's answers mean for a delivery: one table, by stage and reply code (RFC 5321, 4.2)."""

import re
import smtplib
import socket
import ssl
from enum import StrEnum

from server.channels.base import SendOutcome, SendResult

_WORDS_LIMIT = 200  # characters of the server's own words that are kept
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


class Stage(StrEnum):
    """How far the conversation with the mail server had come."""

    CONNECT = "connect"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


class Rejected(Exception):
    """The mail server said no; the exception's own text has the stage and the code, never an address."""

    def __init__(self, stage: Stage, code: int, reply: bytes | str) -> None:
        super().__init__(f"{stage}: {code}")
        self.stage = stage
        self.code = code
        self.reply = reply


class AnswerLost(Exception):
    """The whole message was handed over, and the server's answer never came."""


_S = Stage
_REFUSED, _FAILED = SendOutcome.REFUSED, SendOutcome.FAILED

# The most exact entry counts: this code at this stage, this code at any stage, any code at this stage.
_MEANINGS: dict[tuple[Stage | None, int | None], tuple[SendOutcome, str]] = {
    (_S.RECIPIENT, 550): (_REFUSED, "收件地址不存在，或对方服务器拒收。"),
    (_S.RECIPIENT, 551): (_REFUSED, "收件地址不存在：收件人已不在这台服务器上。"),
    (_S.RECIPIENT, 553): (_REFUSED, "收件地址不存在：对方服务器不认这个邮箱名。"),
    (None, 552): (_FAILED, "收件人的邮箱已满，或邮件过大。"),
    (None, 554): (_FAILED, "邮件服务器拒绝了这封邮件。"),
    (None, 530): (_FAILED, "邮件服务器要求先登录或加密，请管理员检查邮件设置。"),
    (_S.SIGN_IN, None): (_FAILED, "邮件服务器不接受登录，请管理员检查邮件账号和密码。"),
    (_S.CONNECT, None): (_FAILED, "邮件服务器不接受连接，请管理员检查邮件设置。"),
    (_S.SENDER, None): (_FAILED, "邮件服务器不接受发件地址，请管理员检查邮件设置。"),
    (None, None): (_FAILED, "邮件服务器拒绝了这封邮件。"),
}
_LATER = "邮件服务器暂时不接收，稍后重试。"


def result_of_rejection(rejection: Rejected) -> SendResult:
    """What a refusing answer means: 4xx may go later, 5xx is looked up in the table."""
    stage, code = rejection.stage, rejection.code
    if 400 <= code < 500:
        outcome, words = SendOutcome.RETRY, _LATER
    else:
        keys = ((stage, code), (None, code), (stage, None), (None, None))
        outcome, words = next(_MEANINGS[key] for key in keys if key in _MEANINGS)
    said = readable(rejection.reply)
    return SendResult(
        outcome,
        code=str(code),
        words=f"{words}服务器答复：{code} {said}".rstrip(),
        raw={"stage": str(stage), "code": code, "reply": said},
    )


def result_of_network(error: OSError) -> SendResult:
    """What a connection that failed before the message was handed over means; smtplib's errors count too."""
    match error:
        case smtplib.SMTPNotSupportedError():
            return SendResult(_FAILED, words="邮件服务器不支持所设的加密或登录方式，请管理员检查邮件设置。")
        case ssl.SSLCertVerificationError():
            return SendResult(_FAILED, words="邮件服务器的证书无法验证，请管理员检查邮件设置。")
        case ssl.SSLError():
            words = "无法与邮件服务器建立加密连接，稍后重试；一直如此请检查加密方式与端口。"
        case socket.gaierror():
            words = "找不到邮件服务器（域名解析失败），稍后重试。"
        case ConnectionRefusedError():
            words = "邮件服务器拒绝连接，稍后重试。"
        case TimeoutError():
            words = "邮件服务器没有及时答复，邮件尚未发出，稍后重试。"
        case _:
            words = "与邮件服务器的连接中断，邮件尚未发出，稍后重试。"
    return SendResult(SendOutcome.RETRY, words=words)


def readable(reply: bytes | str) -> str:
    """The server's words in one line, without addresses: they are kept with the delivery and shown to HR."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = _UNPRINTABLE.sub(" ", _ADDRESS.sub("…", text)).strip()
    return line if len(line) <= _WORDS_LIMIT else line[: _WORDS_LIMIT - 1] + "…"
