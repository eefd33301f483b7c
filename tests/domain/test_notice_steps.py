"""From channel to channel: every rung, with and without another channel left."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.delivery import DeliveryStatus as S
from server.domain.events import ChannelName as C
from server.domain.notice import Attempt, Move, Patience, next_step

NOW = datetime(2024, 3, 15, 6, 0, tzinfo=UTC)
PATIENCE = Patience(silence=timedelta(minutes=10), unknown=timedelta(minutes=5))
ORDER = [C.WECHAT_SUBSCRIBE, C.SMS, C.EMAIL]


def _after(minutes: float, *statuses: tuple[C, S], reachable: list[C] = ORDER):
    since = NOW - timedelta(minutes=minutes)
    attempts = [Attempt(channel, status, since) for channel, status in statuses]
    return next_step(ORDER, reachable, attempts, PATIENCE, NOW)


@pytest.mark.parametrize("dead", [S.REFUSED, S.FAILED])
def test_a_refusal_moves_on_at_once_and_in_order(dead: S) -> None:
    assert _after(0, (C.WECHAT_SUBSCRIBE, dead)).channel is C.SMS
    assert _after(0, (C.WECHAT_SUBSCRIBE, dead), reachable=[C.WECHAT_SUBSCRIBE, C.EMAIL]).channel is C.EMAIL
    assert _after(0, (C.WECHAT_SUBSCRIBE, dead), (C.SMS, dead)).channel is C.EMAIL
    assert _after(0, *((channel, dead) for channel in ORDER)).move is Move.GIVE_UP
    assert _after(0, (C.WECHAT_SUBSCRIBE, dead), reachable=[]).move is Move.GIVE_UP


@pytest.mark.parametrize(("status", "minutes"), [(S.ACCEPTED, 10), (S.UNKNOWN, 5)])
def test_silence_is_waited_out(status: S, minutes: int) -> None:
    waiting = _after(minutes - 0.1, (C.WECHAT_SUBSCRIBE, status))
    assert waiting.move is Move.WAIT
    assert waiting.look_again_at is not None
    assert NOW < waiting.look_again_at <= NOW + timedelta(seconds=6)
    assert _after(minutes, (C.WECHAT_SUBSCRIBE, status)).channel is C.SMS


@pytest.mark.parametrize("status", [S.QUEUED, S.SENDING])
def test_what_is_still_ours_holds_the_next_channel_back(status: S) -> None:
    step = _after(60, (C.WECHAT_SUBSCRIBE, status))
    assert (step.move, step.look_again_at) == (Move.WAIT, None)


def test_the_second_channel_gets_its_own_patience() -> None:
    early = NOW - timedelta(minutes=30)
    attempts = [
        Attempt(C.WECHAT_SUBSCRIBE, S.ACCEPTED, early),
        Attempt(C.SMS, S.ACCEPTED, NOW - timedelta(minutes=3)),
    ]
    assert next_step(ORDER, ORDER, attempts, PATIENCE, NOW).move is Move.WAIT


def test_a_channel_is_used_once() -> None:
    assert _after(60, *((channel, S.ACCEPTED) for channel in ORDER)).move is Move.GIVE_UP
