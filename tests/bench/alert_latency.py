"""From the candidate's tap to HR's alert at WeChat, idle: `python -m tests.bench.alert_latency [N]`.

Each tap waits until the one before has been alerted, so nothing queues: what is measured is the way, not the
load. The sandbox answers at once; a real round trip to WeChat comes on top.
"""

import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tests.fixtures_sandbox import STAFF_ALERT
from tests.flows.back_office import BackOffice
from tests.installation import RECRUITER, Installation, wait_until


def measure(count: int) -> None:
    """Cancel `count` interviews one after the other and print percentiles in milliseconds."""
    with tempfile.TemporaryDirectory() as folder, Installation(Path(folder)) as installation:
        installation.start_all()
        invitations = installation.populate([f"候选人{chr(0x4E00 + number)}" for number in range(count)])
        hr = BackOffice(installation)
        hr.sign_in(RECRUITER)
        hr.bind_wechat("li-min")
        tapped, answered = [], []
        for number, invitation in enumerate(invitations):
            installation.sandbox.add_person(f"bench-{number}", f"候选人{number}")
            phone = installation.phone(f"bench-{number}")
            interview_id = phone.sign_in(invitation["invite"])["interview_id"]
            time.sleep(0.1)
            tapped.append(time.time())
            answer = phone.cancel(interview_id, f"bench-key-{number:06d}")
            answered.append(answer.elapsed.total_seconds() * 1000)
            assert answer.status_code == 201, answer.text
            wait_until(lambda number=number: len(installation.sandbox.inbox("li-min")) > number)
        alerts = [item for item in installation.sandbox.accepted() if item["template_id"] == STAFF_ALERT]
        arrived = sorted(datetime.fromisoformat(item["accepted_at"]).timestamp() for item in alerts)
        waits = sorted((end - begin) * 1000 for begin, end in zip(tapped, arrived, strict=True))
        _print("cancel answered", sorted(answered))
        _print("alert accepted by WeChat", waits)


def _print(what: str, values: list[float]) -> None:
    p99 = values[min(len(values) - 1, int(len(values) * 0.99))]
    p50 = statistics.median(values)
    print(f"{what}: n={len(values)} p50={p50:.0f} ms p99={p99:.0f} ms max={values[-1]:.0f} ms")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
