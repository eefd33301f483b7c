"""What WeChat pushes to us: proved to be WeChat's, decrypted and read, in any of its four shapes.

Source: 小程序文档 · 消息推送 (the service account uses the same envelope, in XML).
"""

import base64
import hashlib
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.utils import WeChatSigner

from server.wechat.accounts import Account
from server.wechat.errors import Forged, Malformed
from server.wechat.push_format import parse

MAX_BODY = 64 * 1024
"""Bytes of a push we take; the longest documented one has a few thousand."""

_LONGEST = {"MsgType": 64, "Event": 64, "FromUserName": 128}


@dataclass(frozen=True)
class Push:
    """One push of WeChat.

    `kind` is MsgType and `event` Event (empty for messages), both in lower case; `openid` is FromUserName;
    `created_at` is UTC; `text` is the decrypted body as it came and `sha256` its hex digest, which is the
    same for every repetition; `data` has only dicts, lists and strings, however WeChat typed them.
    """

    appid: str
    kind: str
    event: str
    openid: str = field(repr=False)
    created_at: datetime
    text: str = field(repr=False)
    sha256: str
    data: dict[str, Any] = field(repr=False)


def check_url(account: Account, query: Mapping[str, str]) -> str:
    """Return the echostr that proves to WeChat that the URL is ours; answer it as plain text.

    Raises Forged when the signature is wrong or anything is missing.
    """
    _check(query.get("signature"), account, query)
    echo = query.get("echostr", "")
    if not 1 <= len(echo) <= 256:
        raise Forged("no echostr")
    return echo


def read_push(account: Account, query: Mapping[str, str], body: bytes) -> Push:
    """Return the push in `body`: at most 64 KiB of JSON or XML, encrypted or not as `push_mode` says.

    Raises Forged when it does not come from WeChat or is not for this account, Malformed when it cannot be
    read.
    """
    if len(body) > MAX_BODY:
        raise Malformed("too long")
    encrypted = query.get("encrypt_type") == "aes"
    if account.push_mode == "plain" or (account.push_mode == "either" and not encrypted):
        _check(query.get("signature"), account, query)
        text = _decoded(body)
    elif encrypted:
        text = _decrypted(account, query, _decoded(body))
    else:
        raise Forged("not encrypted")
    return _push(account, query, text, parse(text))


def _push(account: Account, query: Mapping[str, str], text: str, data: dict[str, Any]) -> Push:
    texts = {}
    for key, longest in _LONGEST.items():
        texts[key] = data.get(key, "")
        if not isinstance(texts[key], str) or len(texts[key]) > longest:
            raise Malformed(f"{key} is not a short text")
    if not texts["MsgType"]:
        raise Malformed("no MsgType")
    return Push(
        appid=account.appid,
        kind=texts["MsgType"].lower(),
        event=texts["Event"].lower(),
        openid=texts["FromUserName"],
        # The timestamp of the query is signed and always there, should the body have no usable time.
        created_at=_time(data.get("CreateTime")) or _time(query.get("timestamp")) or datetime.now(UTC),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        data=data,
    )


def _decrypted(account: Account, query: Mapping[str, str], envelope: str) -> str:
    encrypt = parse(envelope).get("Encrypt")
    if not isinstance(encrypt, str) or not encrypt:
        raise Forged("nothing encrypted")
    # `signature` covers the query only; whoever has seen one push could put it on any body.
    _check(query.get("msg_signature"), account, query, encrypt)
    try:
        text = PrpCrypto(base64.b64decode(account.push_aes_key + "=")).decrypt(encrypt, account.appid)
    except (WeChatException, ValueError, LookupError, TypeError, struct.error):
        text = ""
    if not text:
        raise Forged("not decryptable for this account")
    return str(text)


def _check(signature: object, account: Account, query: Mapping[str, str], *signed: str) -> None:
    # An empty push token would let anybody sign.
    if not isinstance(signature, str) or not account.push_token:
        raise Forged("no signature")
    signer = WeChatSigner()
    for part in (account.push_token, query.get("timestamp"), query.get("nonce"), *signed):
        if not isinstance(part, str):
            raise Forged("timestamp or nonce missing")
        signer.add_data(part.encode("utf-8", "replace"))
    if not hmac.compare_digest(signer.signature.encode(), signature.encode("utf-8", "replace")):
        raise Forged("wrong signature")


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    raise Malformed("not UTF-8")


def _time(seconds: object) -> datetime | None:
    if not isinstance(seconds, str) or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 10:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
