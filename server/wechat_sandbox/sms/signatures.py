"""Signatures of calls, worked out as the providers do: what is signed, and by which key.

Sources: 阿里云 OpenAPI · V3 版本请求体&签名机制 (ACS3-HMAC-SHA256);
腾讯云 API · 签名方法 v3 (TC3-HMAC-SHA256).
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from flask import Request

_PARTS = re.compile(r"(Credential|SignedHeaders|Signature)=([^,\s]+)")


class Signed:
    """The parts of an Authorization header; `parts` is empty when there is none that can be read."""

    def __init__(self, request: Request, algorithm: str) -> None:
        self._request = request
        header = request.headers.get("Authorization", "")
        found = dict(_PARTS.findall(header)) if header.startswith(f"{algorithm} ") else {}
        self.parts: dict[str, str] = found if len(found) == 3 else {}

    @property
    def key_id(self) -> str:
        """Whose key signed it."""
        return self.parts["Credential"].partition("/")[0]

    def is_aliyun(self, secret: str) -> bool:
        """Whether Aliyun would find that this secret made the signature."""
        return self._matches(secret.encode(), f"ACS3-HMAC-SHA256\n{self._digest(self._sorted_query())}")

    def is_tencent(self, secret: str) -> bool:
        """Whether Tencent Cloud would find that this secret made the signature."""
        _, _, scope = self.parts["Credential"].partition("/")
        stamp = self._request.headers.get("X-TC-Timestamp", "0")
        day = datetime.fromtimestamp(int(stamp), UTC).date().isoformat() if stamp.isdigit() else ""
        if scope != f"{day}/sms/tc3_request":
            return False
        key = f"TC3{secret}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        text = f"TC3-HMAC-SHA256\n{stamp}\n{scope}\n{self._digest('')}"
        return self._matches(key, text)

    def _sorted_query(self) -> str:
        pairs = sorted(parse_qsl(self._request.query_string.decode(), keep_blank_values=True))
        return "&".join(f"{quote(key, safe='~')}={quote(value, safe='~')}" for key, value in pairs)

    def _digest(self, query: str) -> str:
        request = self._request
        names = self.parts["SignedHeaders"].split(";")
        headers = "".join(f"{name}:{request.headers.get(name, '').strip()}\n" for name in names)
        body = hashlib.sha256(request.get_data()).hexdigest()
        lines = [request.method, request.path, query, headers, self.parts["SignedHeaders"], body]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _matches(self, key: bytes, text: str) -> bool:
        return hmac.compare_digest(
            hmac.new(key, text.encode(), "sha256").hexdigest(), self.parts["Signature"]
        )
