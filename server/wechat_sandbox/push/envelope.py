"""One push ready to be posted: its query, its body and the kind of its body."""

import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from server.wechat_sandbox.config import Account
from server.wechat_sandbox.push.crypto import encrypt, nonce, sign
from server.wechat_sandbox.push.events import Event
from server.wechat_sandbox.push.formats import cdata, to_json, to_xml


@dataclass(frozen=True)
class Envelope:
    """What is posted; `query` comes without the question mark."""

    query: str
    body: bytes
    content_type: str


def seal(account: Account, event: Event, *, push_format: str, safe: bool) -> Envelope:
    """Sign an event and, in 安全模式, encrypt it; every retry is sealed anew, as WeChat does."""
    text = to_json(event) if push_format == "json" else to_xml(event)
    query = signed_query(account) | {"openid": event["FromUserName"]}
    if safe:
        secret = encrypt(text, account.push_aes_key, account.appid)
        query["encrypt_type"] = "aes"
        query["msg_signature"] = sign(account.push_token, query["timestamp"], query["nonce"], secret)
        text = _outer(account, secret, push_format)
    content_type = "application/json" if push_format == "json" else "text/xml"
    return Envelope(urlencode(query), text.encode(), content_type)


def signed_query(account: Account) -> dict[str, str]:
    """Return timestamp, nonce and the plain signature over both and the token."""
    timestamp, number = str(int(time.time())), nonce()
    return {
        "signature": sign(account.push_token, timestamp, number),
        "timestamp": timestamp,
        "nonce": number,
    }


def _outer(account: Account, secret: str, push_format: str) -> str:
    if push_format == "json":
        return json.dumps({"ToUserName": account.original_id, "Encrypt": secret})
    return (
        f"<xml><ToUserName>{cdata(account.original_id)}</ToUserName><Encrypt>{cdata(secret)}</Encrypt></xml>"
    )
