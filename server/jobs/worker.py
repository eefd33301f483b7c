"""One worker process for one queue, without forking: its jobs are short and may run twice."""

import logging
import time

from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.executions import Execution
from rq.job import Job

from server.db import db
from server.queues import worker_redis
from server.runtime import runtime

log = logging.getLogger(__name__)


class AppWorker(SimpleWorker):
    """Runs jobs in the process, each in the application's context with a database session of its own."""

    app: Flask
    # Seconds between tries while Redis is away; RQ's own minute is long for somebody who waits for a message.
    max_connection_wait_time = 5.0

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """Run one job; the session is closed afterwards, whatever happened."""
        with self.app.app_context():
            try:
                return bool(super().perform_job(job, queue, execution))
            finally:
                db.session.remove()


def _wait_for(redis: Redis) -> None:
    """Start as soon as Redis answers; until then the rows wait, and nothing is lost."""
    told = False
    while True:
        try:
            redis.ping()
            return
        except (RedisError, OSError):
            if not told:
                log.warning("redis does not answer yet; waiting for it")
                told = True
            time.sleep(1)


def run_worker(app: Flask, queue: str) -> None:
    """Work until told to stop (SIGTERM finishes the job at hand); a Redis that goes away is waited for."""
    with app.app_context():
        redis = worker_redis(runtime().settings.redis_url)
    while True:
        worker: AppWorker | None = None
        try:
            _wait_for(redis)
            worker = AppWorker([queue], connection=redis)
            worker.app = app
            worker.work(logging_level="WARNING", with_scheduler=False)
            return
        except StopRequested:
            return
        except (RedisError, OSError):
            if worker is not None and worker._stop_requested:
                return
            log.warning("redis went away from under the worker of %s", queue)
