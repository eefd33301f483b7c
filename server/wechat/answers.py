"""What WeChat tells us, as values; ids of people and tickets stay out of their printed form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.wechat.errors import AnswerLost

_FIELD = re.compile(r"\{\{\s*(\w+)\.DATA\s*\}\}", re.ASCII)


@dataclass(frozen=True)
class LoginResult:
    """Who signed in: `openid` within this mini-program, `unionid` only under a bound 微信开放平台 account.

    Source: 小程序文档 · 小程序登录凭证校验. The session_key of the answer is not kept: nothing here needs it.
    """

    openid: str = field(repr=False)
    unionid: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class SendAnswer:
    """WeChat has taken the message. `provider_id` is its msgid; subscription messages often have none."""

    provider_id: str | None


@dataclass(frozen=True)
class QrTicket:
    """A QR code of the service account: `url` is what the code says, `expire_seconds` how long it lives."""

    ticket: str = field(repr=False)
    url: str = field(repr=False)
    expire_seconds: int


@dataclass(frozen=True)
class OfficialUser:
    """A person as the service account sees them; of one who does not follow it knows little more."""

    subscribed: bool
    openid: str = field(repr=False)
    unionid: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Template:
    """A message template of the account; `content` has lines like `面试岗位:{{thing1.DATA}}`."""

    template_id: str
    title: str
    content: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The field keys in the order of the card, such as `("thing1", "time2")`."""
        return tuple(_FIELD.findall(self.content))


def fields(data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the fields of a card in the shape both message calls want: `{"thing1": {"value": "…"}}`."""
    return {key: {"value": value} for key, value in data.items()}


def sent(answer: Mapping[str, Any]) -> SendAnswer:
    """Read the answer of a message call; its msgid has up to 19 digits and is kept as text."""
    msgid = answer.get("msgid")
    return SendAnswer(str(msgid) if isinstance(msgid, (int, str)) and msgid else None)


def templates(answer: Mapping[str, Any], items: str, key: str) -> list[Template]:
    """Read a list of templates under the name `items`, each with its id under `key`."""
    listed = answer.get(items)
    return [
        Template(str(item.get(key, "")), str(item.get("title", "")), str(item.get("content", "")))
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict)
    ]


def required_text(answer: Mapping[str, Any], key: str) -> str:
    """Return the text under `key`. Raises AnswerLost when it is not there: such an answer is of no use."""
    if value := optional_text(answer, key):
        return value
    raise AnswerLost(f"微信的答复里缺少 {key}。")


def optional_text(answer: Mapping[str, Any], key: str) -> str | None:
    """Return the text under `key`, or None."""
    value = answer.get(key)
    return value if isinstance(value, str) and value else None
