"""Calls with an access token: wechatpy's client on our tokens and our transport.

wechatpy brings one method for nearly every call of WeChat, so we keep its client and replace the single
method through which all of them go. Its own `_request` repeats a call without end while WeChat refuses the
token, fetches a token per thread and has no timeout; ours repeats once. Calls on the hot path skip the API
classes.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from wechatpy import WeChatClient

from server.wechat.accounts import Account
from server.wechat.error_codes import Outcome
from server.wechat.errors import AnswerLost, WeChatError, errcode_of, refusal
from server.wechat.tokens import TokenStore
from server.wechat.transport import Transport

_HOST = "api.weixin.qq.com"


class Gateway(WeChatClient):
    """Every call to api.weixin.qq.com for one account; threads may share it."""

    def __init__(self, account: Account, tokens: TokenStore, transport: Transport) -> None:
        """Take the account, its tokens, and the transport that leads to the API host."""
        super().__init__(account.appid, account.secret, auto_retry=False)
        self._tokens, self._transport = tokens, transport

    # wechatpy looks at every attribute of a new object before __init__ has run; this one must then be
    # missing, and `_tokens` is: the AttributeError is what it expects.
    @property
    def access_token(self) -> str:
        """The token in use, as wechatpy's API classes read it."""
        return self._tokens.get()

    def fetch_access_token(self) -> None:
        """Do nothing: the token store fetches."""

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> dict[str, Any] | bytes:
        """Call with a token, once more with a fresh one when WeChat refuses it, and return the answer.

        Raises WeChatError for any errcode but 0, NotSent, AnswerLost.
        """
        token = self._tokens.get()
        try:
            return self._once(method, path, params, json, token)
        except WeChatError as error:
            if error.outcome is not Outcome.TOKEN:
                raise
        self._tokens.invalidate(token)
        return self._once(method, path, params, json, self._tokens.get())

    def call_json(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Do the same for a call that answers with JSON. Raises AnswerLost for anything else."""
        return _json(self.call(method, path, params=params, json=json))

    def call_without_token(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        """GET a call that proves itself by appid and secret, and return its JSON. Raises as `call` does."""
        return _json(checked(self._transport.call("GET", path, params=params), by_secret=True))

    def _once(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        json: Mapping[str, Any] | None,
        token: str,
    ) -> dict[str, Any] | bytes:
        with_token = {**(params or {}), "access_token": token}
        return checked(self._transport.call(method, path, params=with_token, json=json))

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> Any:
        """Serve wechatpy's API classes (`self.qrcode`, `self.user`, …), all but uploads of files."""
        base = kwargs.pop("api_base_url", self.API_BASE_URL)
        url = urlsplit(url_or_endpoint if "://" in url_or_endpoint else f"{base}{url_or_endpoint}")
        given, body = kwargs.pop("params", None) or {}, kwargs.pop("data", None)
        params = {name: str(value) for name, value in given.items() if value is not None}
        processor = kwargs.pop("result_processor", None)
        if url.netloc != _HOST or url.query or kwargs or not isinstance(body, (dict, type(None))):
            raise NotImplementedError(f"this call of wechatpy does not go through the gateway: {url.path}")
        answer = self.call(method.upper(), url.path, params=params, json=body)
        return processor(answer) if processor else answer


def checked(answer: dict[str, Any] | bytes, *, by_secret: bool = False) -> dict[str, Any] | bytes:
    """Return `answer` unless it carries an errcode. Raises WeChatError (see `refusal`) for that."""
    if isinstance(answer, dict) and errcode_of(answer):
        raise refusal(answer, by_secret=by_secret)
    return answer


def _json(answer: dict[str, Any] | bytes) -> dict[str, Any]:
    if isinstance(answer, dict):
        return answer
    raise AnswerLost("微信的答复不是 JSON。")
