"""One access token per account for all processes: fetched once, shared in Redis, dropped when refused.

Source: 小程序文档 · 获取稳定版接口调用凭据 (the service account uses the same call). A repeated call in
normal mode returns the same token and the seconds it has left, so even a process that cannot reach Redis
does no harm.
"""

import copy
import logging
import threading
import time
from dataclasses import dataclass, field

from redis import Redis
from redis.exceptions import RedisError
from redis.lock import Lock

from server.wechat.accounts import Account
from server.wechat.answers import required_text
from server.wechat.error_codes import Outcome
from server.wechat.errors import AnswerLost, NotSent, WeChatError, errcode_of, refusal
from server.wechat.transport import Transport

log = logging.getLogger(__name__)

_LONGEST = 7200
_MARGIN = 120
_SHORTEST = 30
_MEMORY = 5.0
"""Seconds a token is used without asking Redis, so that not every message costs a round trip."""
_WITHOUT_REDIS = 60.0
_FAILURE = 2.0
"""Seconds for which one failed fetch answers for all waiting threads, instead of each failing in turn."""
_LOCK = 15.0

_DELETE_IF_SAME = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0"


@dataclass(frozen=True)
class _Held:
    token: str = field(repr=False)
    until: float


class TokenStore:
    """The access token of one account. Threads may share it; processes share the token through Redis."""

    def __init__(self, redis: Redis | None, account: Account, transport: Transport) -> None:
        """Take Redis (None: this process keeps the token for itself), the account and the transport.

        The Redis connection should have a socket timeout: every message may have to wait for it.
        """
        self._redis, self._account, self._transport = redis, account, transport
        self._key = f"yuemian:wechat:token:{account.appid}"
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._failure: tuple[float, WeChatError] | None = None

    def get(self) -> str:
        """Return a token that is good for at least some seconds more.

        Raises WeChatError when WeChat gives none (a CONFIG outcome needs an administrator), NotSent when
        WeChat cannot be reached. Either way nothing was sent yet, and asking again is up to the caller.
        """
        if token := self._in_memory():
            return token
        # The wait has an end: a lock that another thread held at a fork is never released in the child.
        locked = self._lock.acquire(timeout=_LOCK)
        try:
            return self._in_memory() or self._load()
        finally:
            if locked:
                self._lock.release()

    def invalidate(self, token: str) -> None:
        """Forget `token` after WeChat refused it, unless another process has put a newer one in its place."""
        held = self._held
        if held is not None and held.token == token:
            self._held = None
        if self._redis is None:
            return
        try:
            self._redis.eval(_DELETE_IF_SAME, 1, self._key, token)
        except RedisError:
            log.warning("Redis is away: the refused token of %s is forgotten here only", self._account.appid)

    def _in_memory(self) -> str | None:
        held = self._held
        return held.token if held is not None and time.monotonic() < held.until else None

    def _load(self) -> str:
        if self._failure is not None and time.monotonic() < self._failure[0]:
            raise copy.copy(self._failure[1])
        try:
            return self._fetch_alone()
        except WeChatError as error:
            self._failure = (time.monotonic() + _FAILURE, copy.copy(error))
            raise

    def _fetch_alone(self) -> str:
        if self._redis is None:
            token, lifetime = self._fetch()
            return self._hold(token, lifetime)
        try:
            return self._shared(self._redis)
        except RedisError:
            log.warning("Redis is away: this process fetches the token of %s for itself", self._account.appid)
        token, lifetime = self._fetch()
        return self._hold(token, min(lifetime, _WITHOUT_REDIS))

    def _shared(self, redis: Redis) -> str:
        if token := self._read(redis):
            return self._hold(token, _MEMORY)
        lock = redis.lock(f"{self._key}:lock", timeout=_LOCK, sleep=0.05, blocking_timeout=_LOCK)
        locked = lock.acquire()
        try:
            # Whoever had the lock before us has most likely put a token there.
            if token := self._read(redis):
                return self._hold(token, _MEMORY)
            token, lifetime = self._fetch()
            return self._hold(token, self._share(redis, token, lifetime))
        finally:
            if locked:
                _release(lock)

    def _read(self, redis: Redis) -> str | None:
        value = redis.get(self._key)
        return value.decode() if isinstance(value, bytes) else value or None

    def _share(self, redis: Redis, token: str, lifetime: int) -> float:
        try:
            redis.set(self._key, token, ex=lifetime)
        except RedisError:
            log.warning("Redis is away: the new token of %s stays in this process", self._account.appid)
            return min(lifetime, _WITHOUT_REDIS)
        return _MEMORY

    def _fetch(self) -> tuple[str, int]:
        """Return a token and the seconds it may be shared for."""
        try:
            answer = self._transport.call("POST", "/cgi-bin/stable_token", json=self._request())
            if isinstance(answer, dict):
                if errcode_of(answer):
                    raise _for_everybody(refusal(answer, by_secret=True))
                return required_text(answer, "access_token"), _lifetime(answer.get("expires_in"))
        except AnswerLost:
            pass
        # The message this token is for has not left us, whatever became of the question for the token.
        raise NotSent("没有取到微信的调用凭据，稍后会自动重试。")

    def _request(self) -> dict[str, str | bool]:
        return {
            "grant_type": "client_credential",
            "appid": self._account.appid,
            "secret": self._account.secret,
            "force_refresh": False,
        }

    def _hold(self, token: str, seconds: float) -> str:
        self._held = _Held(token, time.monotonic() + seconds)
        self._failure = None
        return token


def _for_everybody(error: WeChatError) -> WeChatError:
    # Without a token nothing goes out: it must not be written down as the fault of the message that asked.
    if error.outcome in (Outcome.RETRY, Outcome.PAUSE, Outcome.CONFIG):
        return error
    return WeChatError(error.code, error.words, error.rid, Outcome.CONFIG, errmsg=error.errmsg)


def _lifetime(expires_in: object) -> int:
    seconds = expires_in if isinstance(expires_in, int) else 0
    return max(_SHORTEST, min(seconds, _LONGEST) - _MARGIN)


def _release(lock: Lock) -> None:
    try:
        lock.release()
    except RedisError:
        # It ran out, or Redis went away: either way nobody waits for it longer than its timeout.
        log.info("the lock round the token was gone before it was released")
