"""Which WeChat account speaks, where WeChat is, and how long we wait for it."""

from dataclasses import dataclass, field
from typing import Literal

PushMode = Literal["safe", "plain", "either"]
"""How pushes arrive: 安全模式 (encrypted), 明文模式 (signed only), or either while switching over."""

MiniProgramState = Literal["formal", "trial", "developer"]
"""Which build of the mini-program a tapped card opens: 正式版, 体验版 or 开发版."""


@dataclass(frozen=True)
class Account:
    """What every WeChat account has.

    `appid` and `secret` come from 开发管理 › 开发设置 (the secret as AppSecret), `push_token` and
    `push_aes_key` (43 characters, EncodingAESKey) from 消息推送. Source: 小程序文档 · 消息推送.
    """

    appid: str
    secret: str = field(repr=False)
    push_token: str = field(repr=False)
    push_aes_key: str = field(repr=False)
    push_mode: PushMode = "safe"


@dataclass(frozen=True)
class MiniProgramAccount(Account):
    """The mini-program (小程序) candidates use. `state` goes into every card; only tests change it."""

    state: MiniProgramState = "formal"


@dataclass(frozen=True)
class OfficialAccount(Account):
    """The service account (服务号) that tells HR staff."""


@dataclass(frozen=True)
class Endpoints:
    """The hosts of WeChat; the sandbox takes the place of all three."""

    api: str = "https://api.weixin.qq.com"
    oauth: str = "https://open.weixin.qq.com"
    showqrcode: str = "https://mp.weixin.qq.com"


@dataclass(frozen=True)
class Timeouts:
    """How long a call may take, in seconds: to connect, and from then on until the answer is complete."""

    connect: float = 3.0
    read: float = 5.0
