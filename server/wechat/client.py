"""The two clients the rest of the server uses, and what they return."""

from server.wechat.answers import LoginResult, OfficialUser, QrTicket, SendAnswer, Template
from server.wechat.miniprogram import MiniProgramClient
from server.wechat.official_account import OfficialAccountClient

__all__ = [
    "LoginResult",
    "MiniProgramClient",
    "OfficialAccountClient",
    "OfficialUser",
    "QrTicket",
    "SendAnswer",
    "Template",
]
