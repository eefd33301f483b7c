"""Redis and RQ: wake-up calls, never the record of anything. Without Redis the rows wait for the sweep.

Each queue has a worker process of its own: RQ pops from a single queue through an intermediate list and can
find a killed worker's job again; with two queues a job killed between pop and start is gone.
"""

import logging
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue

OUTBOX = "outbox"
RECEIPTS = "receipts"
QUEUES = (OUTBOX, RECEIPTS)

_JOBS = {OUTBOX: "server.jobs.outbox.dispatch", RECEIPTS: "server.jobs.receipts.apply"}
_JOB_TIMEOUT = 300  # seconds
_PENDING_SECONDS = 10

log = logging.getLogger(__name__)


def connect_redis(url: str) -> Redis:
    """A client for wake-ups and locks, with short waits: a dead Redis must not hold a request.

    Bytes stay bytes (`decode_responses` off), since RQ stores pickles.
    """
    return Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=2.0, retry=Retry(NoBackoff(), 0))


class Nudger:
    """Wakes workers up; several wake-ups within a moment become one job."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queues = {name: Queue(name, connection=redis) for name in QUEUES}

    def nudge(self, queue: str) -> bool:
        """Ask the worker of `queue` to look at its rows; False when Redis is away (the sweep comes)."""
        try:
            if self._redis.set(pending_key(queue), "1", nx=True, ex=_PENDING_SECONDS):
                self._queues[queue].enqueue(
                    _JOBS[queue], job_timeout=_JOB_TIMEOUT, result_ttl=0, failure_ttl=3600
                )
        except (RedisError, OSError) as error:
            log.warning("redis did not take a wake-up for %s: %s", queue, type(error).__name__)
            return False
        return True

    def began(self, queue: str) -> None:
        """A worker starts looking: from here on, a wake-up needs a new job."""
        try:
            self._redis.delete(pending_key(queue))
        except (RedisError, OSError) as error:
            log.warning("redis is away: %s", type(error).__name__)

    def is_alive(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(self._redis.ping())
        except (RedisError, OSError):
            return False


def pending_key(queue: str) -> str:
    """The key that says that a wake-up is already waiting in the queue."""
    return f"yuemian:pending:{queue}"


def worker_redis(url: str) -> Any:
    """A client for a worker, which waits for jobs as long as it takes."""
    return Redis.from_url(url, socket_connect_timeout=2.0, health_check_interval=15)
