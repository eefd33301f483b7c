"""The dispatcher: claims due rows, sends them, records the answers; no transaction is open while it waits.

claim (short transaction) → send (threads, one message at a time per person) → record (short transaction).
A dispatcher that dies leaves its rows `sending`; when the lease runs out they are sent again where the
provider drops repeats, and become `unknown` where it does not.
"""

import logging
import secrets
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from server.channels.base import Outgoing, SendOutcome, SendResult
from server.db import after_commit, db, supports_skip_locked, transaction
from server.domain import clock
from server.domain.delivery import DeliveryAction, DeliveryStatus, backoff
from server.domain.events import ChannelName
from server.models import Delivery
from server.queues import RECEIPTS
from server.runtime import Runtime, runtime
from server.services.deliveries import advance
from server.services.notice_steps import advance_notices
from server.services.subscriptions import spend_grant, void_grants

log = logging.getLogger(__name__)

_A, _S = DeliveryAction, DeliveryStatus
# The states in which an answer of a provider still decides something.
_UNDECIDED = (_S.SENDING, _S.UNKNOWN, _S.QUEUED)
_NOT_SUBSCRIBED = "43101"
_RECORD_EVERY = 0.2  # seconds: a slow answer does not hold back the others' records


def dispatch_due() -> int:
    """Send everything that is due; returns how many messages were tried."""
    tried = 0
    recover_expired_leases()
    advance_notices()
    while batch := claim_due(runtime().settings.outbox.batch):
        tried += len(batch)
        _send_all(batch)
        # What was refused just now goes over the next channel at once.
        advance_notices()
    return tried


def recover_expired_leases() -> int:
    """Take back what a dispatcher that died had claimed; returns how many rows."""
    now = clock.utc_now()
    with transaction():
        rows = list(
            db.session.scalars(
                select(Delivery)
                .where(Delivery.status == _S.SENDING, Delivery.lease_until < now)
                .options(joinedload(Delivery.notice))
                .limit(1000)
                .with_for_update(of=Delivery, skip_locked=supports_skip_locked())
            )
        )
        for delivery in rows:
            if _drops_repeats(delivery.channel):
                advance(delivery, _A.POSTPONE, words="发送进程中断，重新发送（对方会自动去重）。")
                delivery.next_attempt_at = now
            else:
                advance(delivery, _A.LOSE, words="发送进程中断，无法确定是否已发出，等待回执核实。")
        if rows:
            after_commit(_wake_receipts)
    return len(rows)


def claim_due(limit: int) -> list[Delivery]:
    """Take up to `limit` due rows for ourselves until the lease ends; at most one per person at a time."""
    now = clock.utc_now()
    claim = secrets.token_hex(8)
    lease = timedelta(seconds=runtime().settings.outbox.lease_seconds)
    with transaction():
        due = (
            select(Delivery.id)
            .where(Delivery.status == _S.QUEUED, Delivery.next_attempt_at <= now)
            .order_by(Delivery.next_attempt_at, Delivery.id)
            .limit(limit)
        )
        if supports_skip_locked():
            due = due.with_for_update(skip_locked=True)
        ids = list(db.session.scalars(due))
        if not ids:
            return []
        # The state is named again, so that on every database a row claimed meanwhile stays with the other.
        db.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids), Delivery.status == _S.QUEUED)
            .values(
                status=_S.SENDING,
                claim=claim,
                lease_until=now + lease,
                sent_at=now,
                attempts=Delivery.attempts + 1,
            )
            .execution_options(synchronize_session=False)
        )
        return list(
            db.session.scalars(
                select(Delivery)
                .where(Delivery.claim == claim)
                .order_by(Delivery.id)
                .options(joinedload(Delivery.notice))
                .execution_options(populate_existing=True)
            )
        )


def _send_all(batch: list[Delivery]) -> None:
    """Send a claimed batch from a pool of threads, recording answers as they come."""
    current = runtime()
    by_person: dict[str, list[tuple[ChannelName, Outgoing, datetime | None]]] = {}
    for delivery in batch:
        by_person.setdefault(delivery.address or "", []).append(
            (delivery.channel, _outgoing(delivery), delivery.lease_until)
        )
    db.session.rollback()
    with ThreadPoolExecutor(max_workers=min(current.settings.outbox.threads, len(by_person))) as pool:
        waiting: set[Future[list[tuple[int, SendResult]]]] = {
            pool.submit(_send_in_turn, current, messages) for messages in by_person.values()
        }
        while waiting:
            done, waiting = wait(waiting, timeout=_RECORD_EVERY, return_when=FIRST_COMPLETED)
            if done and waiting:
                more, waiting = wait(waiting, timeout=0.01)
                done |= more
            record_answers([answer for future in done for answer in future.result()])


def _outgoing(delivery: Delivery) -> Outgoing:
    return Outgoing(
        delivery_id=delivery.id,
        token=delivery.token,
        address=delivery.address or "",
        template_id=delivery.template_id or "",
        payload=delivery.payload,
    )


def _send_in_turn(
    current: Runtime, messages: list[tuple[ChannelName, Outgoing, datetime | None]]
) -> list[tuple[int, SendResult]]:
    """Send one person's messages one after the other: WeChat refuses two at once (43108)."""
    answers = []
    for channel, message, lease_until in messages:
        answers.append((message.delivery_id, _send(current, channel, message, lease_until)))
    return answers


def _drops_repeats(name: ChannelName) -> bool:
    channel = runtime().channels.get(name)
    return channel is not None and channel.drops_repeats


def _send(current: Runtime, name: ChannelName, message: Outgoing, lease_until: datetime | None) -> SendResult:
    channel = current.channels.get(name)
    if channel is None:
        return SendResult(SendOutcome.FAILED, code="no_channel", words="这个渠道已在配置中停用。")
    # A message that cannot be answered within its lease is given back unsent rather than sent by two.
    needed = timedelta(seconds=current.settings.wechat.connect_timeout + current.settings.wechat.read_timeout)
    if lease_until is not None and clock.utc_now() + needed > lease_until:
        return SendResult(SendOutcome.RETRY, words="排队过久，稍后发送。", delay=timedelta(seconds=1))
    try:
        return channel.send(message)
    except Exception:
        # A fault of ours: nobody can say whether the message left, and the others must not wait for it.
        log.exception("delivery %s: the channel %s broke", message.delivery_id, name.value)
        return SendResult(SendOutcome.LOST, words="发送时程序出错，无法确定是否已发出。")


def record_answers(answers: list[tuple[int, SendResult]]) -> None:
    """Write down what the providers answered."""
    if not answers:
        return
    results = dict(answers)
    with transaction():
        rows = db.session.scalars(
            select(Delivery)
            .where(Delivery.id.in_(results))
            .options(joinedload(Delivery.notice))
            .with_for_update(of=Delivery)
        )
        for delivery in rows:
            _record_answer(delivery, results[delivery.id])
        after_commit(_wake_receipts)  # an event may have come before our record


def _record_answer(delivery: Delivery, result: SendResult) -> None:
    words, raw = result.words, result.raw or None
    if delivery.status in _UNDECIDED:
        delivery.error_code, delivery.error_words = result.code, words
    match result.outcome:
        case SendOutcome.ACCEPTED:
            delivery.provider_id = delivery.provider_id or result.provider_id
            advance(delivery, _A.ACCEPT, raw={"msgid": result.provider_id} if result.provider_id else None)
            spend_grant(delivery)
        case SendOutcome.REFUSED:
            advance(delivery, _A.REFUSE, words=words, raw=raw)
            if result.code == _NOT_SUBSCRIBED:
                void_grants(delivery)
        case SendOutcome.FAILED:
            advance(delivery, _A.FAIL, words=words, raw=raw)
        case SendOutcome.LOST if not _drops_repeats(delivery.channel):
            advance(delivery, _A.LOSE, words=words, raw=raw)
        case SendOutcome.LOST | SendOutcome.RETRY:
            _try_again(delivery, result)


def _try_again(delivery: Delivery, result: SendResult) -> None:
    raw = result.raw or None
    if delivery.status is _S.SENDING and delivery.attempts >= runtime().settings.outbox.max_attempts:
        advance(delivery, _A.FAIL, words=f"多次尝试仍未成功：{result.words or '没有答复'}", raw=raw)
        return
    advance(delivery, _A.POSTPONE, words=result.words, raw=raw)
    if delivery.status is _S.QUEUED:
        delivery.next_attempt_at = clock.utc_now() + (result.delay or backoff(delivery.attempts))


def _wake_receipts() -> None:
    runtime().nudger.nudge(RECEIPTS)
