"""One worker process for one queue, without forking: its jobs are short and may run twice."""

from flask import Flask
from rq import Queue, SimpleWorker
from rq.executions import Execution
from rq.job import Job

from server.db import db
from server.queues import worker_redis
from server.runtime import runtime


class AppWorker(SimpleWorker):
    """Runs jobs in the process, each in the application's context with a database session of its own."""

    app: Flask

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """Run one job; the session is closed afterwards, whatever happened."""
        with self.app.app_context():
            try:
                return bool(super().perform_job(job, queue, execution))
            finally:
                db.session.remove()


def run_worker(app: Flask, queue: str) -> None:
    """Work until told to stop (SIGTERM finishes the job at hand)."""
    with app.app_context():
        url = runtime().settings.redis_url
    worker = AppWorker([queue], connection=worker_redis(url))
    worker.app = app
    worker.work(logging_level="WARNING", with_scheduler=False)
