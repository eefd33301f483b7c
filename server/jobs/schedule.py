"""The sweeps, for `rq cron server.jobs.schedule`: they find what no wake-up remembers."""

from rq import cron

from server.jobs import clocks, outbox, receipts
from server.queues import OUTBOX, RECEIPTS

# A sweep that waited longer than this has been overtaken by the next one.
_STALE_AFTER = 15  # seconds

for job, queue in ((outbox.dispatch, OUTBOX), (receipts.apply, RECEIPTS), (clocks.tick, RECEIPTS)):
    cron.register(job, queue_name=queue, interval=5, ttl=_STALE_AFTER, result_ttl=0, failure_ttl=3600)
