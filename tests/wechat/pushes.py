"""Seals pushes as WeChat does, in code of its own: 小程序文档 · 消息推送, 加解密."""

import base64
import hashlib
import json
import os
import struct
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from server.wechat.accounts import Account

TIMESTAMP, NONCE = "1714112445", "415670741"


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def sealed(text: str | bytes, account: Account, appid: str | None = None, length: int | None = None) -> str:
    raw = text.encode() if isinstance(text, str) else text
    plain = os.urandom(16) + struct.pack(">I", len(raw) if length is None else length) + raw
    plain += (appid or account.appid).encode()
    padding = 32 - len(plain) % 32
    key = base64.b64decode(account.push_aes_key + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(
        encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    ).decode()


def plain_query(account: Account) -> dict[str, str]:
    return {
        "signature": signature(account.push_token, TIMESTAMP, NONCE),
        "timestamp": TIMESTAMP,
        "nonce": NONCE,
    }


def safe_query(account: Account, encrypt: str) -> dict[str, str]:
    signed = signature(account.push_token, TIMESTAMP, NONCE, encrypt)
    return {**plain_query(account), "encrypt_type": "aes", "msg_signature": signed, "openid": "OPENID"}


def envelope(encrypt: str, xml: bool = False) -> bytes:
    if xml:
        return f"<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>".encode()
    return json.dumps({"ToUserName": "gh", "Encrypt": encrypt}).encode()


def safe_push(
    text: str | bytes, account: Account, xml: bool = False, appid: str | None = None
) -> tuple[dict[str, str], bytes]:
    encrypt = sealed(text, account, appid)
    return safe_query(account, encrypt), envelope(encrypt, xml)


def event(name: str, **more: Any) -> str:
    head = {
        "ToUserName": "gh",
        "FromUserName": "OPENID",
        "CreateTime": 1714112445,
        "MsgType": "event",
        "Event": name,
    }
    return json.dumps({**head, **more})
