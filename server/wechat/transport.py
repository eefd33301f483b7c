"""HTTP to WeChat over one pool of kept-alive connections, shared by all threads of a process.

It knows two failures only: `NotSent` and `AnswerLost`. Neither they nor the log ever show a URL, since the
access token and the AppSecret travel in query strings.
"""

import json as json_text
import logging
import os
import re
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ClosedPoolError,
    ConnectTimeoutError,
    EmptyPoolError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ProtocolError,
)
from urllib3.response import BaseHTTPResponse

from server.wechat.accounts import Timeouts
from server.wechat.errors import AnswerLost, NotSent

MAX_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer we read at most; the longest real one is a mini-program code of some 100 KB."""

_CHUNK = 64 * 1024
_QUERY = re.compile(r"\?\S*")


class _WithoutQueries(logging.Filter):
    """Takes query strings out of urllib3's own debug lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _QUERY.sub("?…", record.getMessage()), ()
        return True


logging.getLogger("urllib3.connectionpool").addFilter(_WithoutQueries())


class _SecureConnection(HTTPSConnection):
    """Tells a failed TLS handshake, before which no request was written, from a failure after it."""

    def connect(self) -> None:
        # urllib3 reports a handshake that times out as a read timeout, which would look like a lost answer.
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            raise NewConnectionError(self, "no TLS connection") from error


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class Transport:
    """Calls under one base URL, at most `pool_size` at once. Threads and forked processes may share it."""

    def __init__(self, base_url: str, timeouts: Timeouts | None = None, *, pool_size: int = 32) -> None:
        """Take the base URL without a slash at the end, and how many connections to keep."""
        self._base_url = base_url.rstrip("/")
        self._timeouts = timeouts or Timeouts()
        self._pool_size = pool_size
        self._lock = threading.Lock()
        self._pool: urllib3.PoolManager | None = None
        self._pid = 0

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> dict[str, Any] | bytes:
        """Send one request, never a second one, and return its JSON object, or the bytes of an image.

        Raises NotSent when the request cannot have left us, AnswerLost when it may have arrived.
        """
        url = f"{self._base_url}{path}?{urlencode(params)}" if params else f"{self._base_url}{path}"
        # WeChat shows \uXXXX in cards as it stands, so the text must go out as UTF-8.
        body = None if json is None else json_text.dumps(json, ensure_ascii=False).encode("utf-8", "replace")
        status, image, content = self._exchange(method, url, body)
        answer = _json_object(content)
        if answer is not None and (status < 300 or "errcode" in answer):
            return answer
        if answer is None and image and status < 300 and content:
            return content
        raise AnswerLost(f"微信的答复无法识别（HTTP {status}）。")

    def close(self) -> None:
        """Close the connections that nobody uses; a later call opens new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.clear()

    def _exchange(self, method: str, url: str, body: bytes | None) -> tuple[int, bool, bytes]:
        try:
            response = self._connections().urlopen(
                method,
                url,
                body=body,
                headers={"Content-Type": "application/json; charset=utf-8"} if body is not None else {},
                retries=False,
                redirect=False,
                preload_content=False,
                pool_timeout=self._timeouts.connect + self._timeouts.read,
                timeout=urllib3.Timeout(connect=self._timeouts.connect, read=self._timeouts.read),
            )
            content = _read(response, time.monotonic() + self._timeouts.read)
            image = response.headers.get("Content-Type", "").startswith("image/")
            return response.status, image, content
        except (HTTPError, OSError) as error:
            failure = _failure(error)
        # Raised outside the except block: the cause would carry the URL into every error tracker.
        raise failure

    def _connections(self) -> urllib3.PoolManager:
        # A forked child must not talk on its parent's sockets, so each process gets a pool of its own.
        pool = self._pool
        if pool is not None and self._pid == os.getpid():
            return pool
        with self._lock:
            if self._pool is None or self._pid != os.getpid():
                pool = urllib3.PoolManager(num_pools=1, maxsize=self._pool_size, block=True)
                pool.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _SecurePool}
                self._pool, self._pid = pool, os.getpid()
            return self._pool


_BEFORE_SENDING = (ConnectTimeoutError, EmptyPoolError, ClosedPoolError, LocationValueError)


def _failure(error: Exception) -> NotSent | AnswerLost:
    # The class of the error names its kind, say an untrusted certificate; its text would name the URL.
    kind = type(error.__cause__ or error).__name__
    return NotSent(errmsg=kind) if isinstance(error, _BEFORE_SENDING) else AnswerLost(errmsg=kind)


def _read(response: BaseHTTPResponse, deadline: float) -> bytes:
    # The read timeout counts from byte to byte; the deadline ends an answer that trickles in for ever.
    content = bytearray()
    try:
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > MAX_ANSWER or time.monotonic() > deadline:
                raise ProtocolError("answer too long or too slow")
    except BaseException:
        response.close()
        raise
    response.release_conn()
    return bytes(content)


def _json_object(content: bytes) -> dict[str, Any] | None:
    if content.lstrip()[:1] != b"{":
        return None
    try:
        answer = json_text.loads(content.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
