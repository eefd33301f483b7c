"""The clock of a cancellation, minute by minute and in jumps."""

from datetime import UTC, datetime, timedelta

from server.domain.cancellation_clock import ClockTimes, Tick, due_ticks

START = datetime(2024, 3, 15, 6, 0, tzinfo=UTC)
TIMES = ClockTimes(timedelta(minutes=15), timedelta(minutes=45), timedelta(minutes=60))


def _minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


def test_every_minute_of_the_hour() -> None:
    reminded = escalated = None
    done: list[tuple[int, Tick]] = []
    for minute in range(0, 61):
        ticks, again = due_ticks(START, reminded, escalated, TIMES, _minute(minute))
        for tick in ticks:
            done.append((minute, tick))
            reminded = _minute(minute) if tick is Tick.REMIND else reminded
            escalated = _minute(minute) if tick is Tick.ESCALATE else escalated
        assert again is None or again > _minute(minute)
    assert done == [(15, Tick.REMIND), (45, Tick.ESCALATE), (60, Tick.CONFIRM)]


def test_a_late_look_does_everything_that_was_missed_once() -> None:
    assert due_ticks(START, None, None, TIMES, _minute(50)) == ([Tick.REMIND, Tick.ESCALATE], _minute(60))
    assert due_ticks(START, None, None, TIMES, _minute(500)) == ([Tick.CONFIRM], None)


def test_a_clock_that_jumps_back_repeats_nothing() -> None:
    assert due_ticks(START, _minute(15), None, TIMES, _minute(5)) == ([], _minute(45))
    assert due_ticks(START, _minute(15), _minute(45), TIMES, _minute(35)) == ([], _minute(60))


def test_without_automatic_confirmation_the_clock_ends_after_the_manager() -> None:
    times = ClockTimes(TIMES.remind, TIMES.escalate, None)
    assert due_ticks(START, _minute(15), _minute(45), times, _minute(600)) == ([], None)
