"""安全模式: how a push is encrypted and signed.

Source: 小程序文档 · 消息推送; 服务号文档 · 消息加解密说明.
"""

import base64
import hashlib
import os
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32  # WeChat pads to 32 bytes although the cipher's own block has 16.


def sign(*parts: str) -> str:
    """Return the SHA-1 of the parts, sorted and joined; with the ciphertext it is `msg_signature`."""
    # SHA-1 is what the platform signs with.
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def encrypt(text: str, aes_key: str, appid: str) -> str:
    """Encrypt a push for an account; `aes_key` is the EncodingAESKey of 43 characters.

    16 random bytes come first, so the same text never looks the same twice.
    """
    key = base64.b64decode(aes_key + "=")
    body = text.encode()
    plain = os.urandom(16) + struct.pack(">I", len(body)) + body + appid.encode()
    fill = _BLOCK - len(plain) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()).decode()


def nonce() -> str:
    """Return a random number of ten digits."""
    return str(secrets.randbelow(9 * 10**9) + 10**9)
