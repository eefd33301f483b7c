"""The service account's calls: tell HR by template message, and learn who they are by QR code or web page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from redis import Redis

from server.wechat.accounts import Endpoints, OfficialAccount, Timeouts
from server.wechat.answers import (
    OfficialUser,
    QrTicket,
    SendAnswer,
    Template,
    fields,
    optional_text,
    required_text,
    sent,
    templates,
)
from server.wechat.gateway import Gateway
from server.wechat.tokens import TokenStore
from server.wechat.transport import Transport

LONGEST_QR_LIFE = 2_592_000
"""Seconds (30 days) a temporary QR code may live."""


class OfficialAccountClient:
    """The service account's calls. One object per process; threads share it.

    Every method that calls WeChat raises WeChatError (with an outcome), NotSent or AnswerLost.
    """

    def __init__(
        self,
        account: OfficialAccount,
        endpoints: Endpoints | None = None,
        timeouts: Timeouts | None = None,
        redis: Redis | None = None,
        *,
        pool_size: int = 32,
    ) -> None:
        """Take the account, where WeChat is, how long to wait, and the Redis that shares the token."""
        self.account = account
        self._endpoints = endpoints or Endpoints()
        self._transport = Transport(self._endpoints.api, timeouts, pool_size=pool_size)
        self.wechatpy = Gateway(account, TokenStore(redis, account, self._transport), self._transport)

    def send_template_message(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        url: str | None = None,
        miniprogram: Mapping[str, str] | None = None,
        client_msg_id: str | None = None,
    ) -> SendAnswer:
        """Hand one template message (模板消息) to WeChat; success means taken, not delivered.

        A tap opens `miniprogram` (`{"appid", "pagepath"}`, linked to the account) or else `url`. WeChat
        sends the same `client_msg_id` to the same openid once within ten minutes, so a lost answer may be
        asked for again. Source: 服务号文档 · 发送模板消息.
        """
        message: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": fields(data)}
        if url:
            message["url"] = url
        if miniprogram:
            message["miniprogram"] = dict(miniprogram)
        if client_msg_id:
            message["client_msg_id"] = client_msg_id
        return sent(self.wechatpy.call_json("POST", "/cgi-bin/message/template/send", json=message))

    def create_qrcode(self, scene_str: str, expire_seconds: int) -> QrTicket:
        """Return a temporary QR code; scanning it pushes `scene_str` (1–64 characters) back to us.

        Raises ValueError outside of WeChat's limits. Source: 服务号文档 · 生成带参数的二维码.
        """
        if not 1 <= len(scene_str) <= 64 or not 1 <= expire_seconds <= LONGEST_QR_LIFE:
            raise ValueError("a QR code has a scene of 1-64 characters and lives for at most 30 days")
        answer = self.wechatpy.qrcode.create(
            {
                "expire_seconds": expire_seconds,
                "action_name": "QR_STR_SCENE",
                "action_info": {"scene": {"scene_str": scene_str}},
            }
        )
        seconds = answer.get("expire_seconds")
        life = seconds if isinstance(seconds, int) else expire_seconds
        return QrTicket(required_text(answer, "ticket"), required_text(answer, "url"), life)

    def showqrcode_url(self, ticket: str) -> str:
        """Return where the image of a QR code is. Source: 服务号文档 · 生成带参数的二维码."""
        return f"{self._endpoints.showqrcode.rstrip('/')}/cgi-bin/showqrcode?{urlencode({'ticket': ticket})}"

    def get_user(self, openid: str) -> OfficialUser:
        """Return whether this person follows the account. Source: 服务号文档 · 获取用户基本信息."""
        answer = self.wechatpy.user.get(openid)
        follows = str(answer.get("subscribe", 0)) == "1"
        return OfficialUser(follows, required_text(answer, "openid"), optional_text(answer, "unionid"))

    def list_templates(self) -> list[Template]:
        """Return the templates of the account. Source: 服务号文档 · 获取已选用模板列表.

        Developers report that category templates (类目模板) are missing here: not listed does not mean not
        usable.
        """
        answer = self.wechatpy.call_json("GET", "/cgi-bin/template/get_all_private_template")
        return templates(answer, "template_list", "template_id")

    def authorize_url(self, redirect_uri: str, state: str) -> str:
        """Return the page that sends the person on to `redirect_uri` with `code` and `state`, unasked.

        `state` has at most 128 characters of `a-zA-Z0-9`. Source: 服务号文档 · 网页授权 (snsapi_base).
        """
        # WeChat documents the order of these parameters as fixed.
        query = urlencode(
            {
                "appid": self.account.appid,
                "redirect_uri": redirect_uri,
                "response_type": "code",
                "scope": "snsapi_base",
                "state": state,
            }
        )
        return f"{self._endpoints.oauth.rstrip('/')}/connect/oauth2/authorize?{query}#wechat_redirect"

    def openid_from_oauth(self, code: str) -> str:
        """Return the openid behind a web authorization code, which works once.

        Raises WeChatError with a code in `LOGIN_CODE_SPENT`. Source: 服务号文档 · 网页授权. The tokens of
        the answer are not kept: nothing here needs them.
        """
        params = {
            "appid": self.account.appid,
            "secret": self.account.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        return required_text(self.wechatpy.call_without_token("/sns/oauth2/access_token", params), "openid")

    def close(self) -> None:
        """Close the idle connections."""
        self._transport.close()
