"""The mini-program's calls: sign people in, send subscription messages, make mini-program codes."""

import re
from collections.abc import Mapping
from typing import Any

from redis import Redis

from server.wechat.accounts import Endpoints, MiniProgramAccount, MiniProgramState, Timeouts
from server.wechat.answers import (
    LoginResult,
    SendAnswer,
    Template,
    fields,
    optional_text,
    required_text,
    sent,
    templates,
)
from server.wechat.errors import AnswerLost
from server.wechat.gateway import Gateway
from server.wechat.tokens import TokenStore
from server.wechat.transport import Transport

_SCENE = re.compile(r"[A-Za-z0-9!#$&'()*+,/:;=?@._~-]{1,32}")


class MiniProgramClient:
    """The mini-program's calls. One object per process; threads share it.

    Every method raises WeChatError (with an outcome), NotSent or AnswerLost.
    """

    def __init__(
        self,
        account: MiniProgramAccount,
        endpoints: Endpoints | None = None,
        timeouts: Timeouts | None = None,
        redis: Redis | None = None,
        *,
        pool_size: int = 32,
    ) -> None:
        """Take the account, where WeChat is, how long to wait, and the Redis that shares the token.

        `pool_size` is how many calls may run at the same time; give it the number of sending threads.
        """
        self.account = account
        self._transport = Transport((endpoints or Endpoints()).api, timeouts, pool_size=pool_size)
        self.wechatpy = Gateway(account, TokenStore(redis, account, self._transport), self._transport)

    def code_to_session(self, code: str) -> LoginResult:
        """Return who is behind a code of wx.login; a code works once, for five minutes.

        Raises WeChatError with a code in `LOGIN_CODE_SPENT` or `LOGIN_BLOCKED`.
        Source: 小程序文档 · 小程序登录凭证校验 (no access token; wechatpy would send one along).
        """
        params = {
            "appid": self.account.appid,
            "secret": self.account.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        answer = self.wechatpy.call_without_token("/sns/jscode2session", params)
        return LoginResult(required_text(answer, "openid"), optional_text(answer, "unionid"))

    def send_subscribe_message(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        page: str | None = None,
        lang: str = "zh_CN",
        state: MiniProgramState | None = None,
    ) -> SendAnswer:
        """Hand one subscription message (订阅消息) to WeChat; success means taken, not delivered.

        `data` maps field keys such as `thing1` to texts within the limits of their type; `page` may carry a
        query. Two messages to one openid at the same time are refused (43108): send one after the other.
        Source: 小程序文档 · 发送订阅消息.
        """
        message: dict[str, Any] = {
            "touser": openid,
            "template_id": template_id,
            "miniprogram_state": state or self.account.state,
            "lang": lang,
            "data": fields(data),
        }
        if page:
            message["page"] = page
        return sent(self.wechatpy.call_json("POST", "/cgi-bin/message/subscribe/send", json=message))

    def get_unlimited_code(
        self, scene: str, page: str, check_path: bool = True, env_version: str = "release", width: int = 430
    ) -> bytes:
        """Return the image (JPEG or PNG) of a mini-program code (小程序码) that opens `page` with `scene`.

        `scene` has 1–32 characters of `A-Za-z0-9!#$&'()*+,/:;=?@-._~`; `page` has no leading slash and no
        query; `width` is 280–1280 pixels; `check_path=False` allows pages that are not released yet. Raises
        ValueError for a scene WeChat would refuse. Source: 小程序文档 · 获取不限制的小程序码.
        """
        if not _SCENE.fullmatch(scene):
            raise ValueError("the scene of a mini-program code has 1-32 characters out of a small set")
        wanted = {
            "scene": scene,
            "page": page,
            "check_path": check_path,
            "env_version": env_version,
            "width": width,
        }
        answer = self.wechatpy.call("POST", "/wxa/getwxacodeunlimit", json=wanted)
        if isinstance(answer, bytes):
            return answer
        raise AnswerLost("微信没有返回小程序码图片。")

    def list_templates(self) -> list[Template]:
        """Return the subscription templates of the account. Source: 小程序文档 · 获取个人模板列表."""
        return templates(self.wechatpy.call_json("GET", "/wxaapi/newtmpl/gettemplate"), "data", "priTmplId")

    def close(self) -> None:
        """Close the idle connections."""
        self._transport.close()
