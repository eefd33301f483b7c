"""The sweeps, for `rq cron server.jobs.schedule`: they find what no wake-up remembers."""

from rq import cron

from server.jobs import outbox, receipts
from server.queues import OUTBOX, RECEIPTS

# A sweep that waited longer than this has been overtaken by the next one.
_STALE_AFTER = 15  # seconds

cron.register(
    outbox.dispatch, queue_name=OUTBOX, interval=5, ttl=_STALE_AFTER, result_ttl=0, failure_ttl=3600
)
cron.register(
    receipts.apply, queue_name=RECEIPTS, interval=5, ttl=_STALE_AFTER, result_ttl=0, failure_ttl=3600
)
