"""Times, as people read them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
AFTERNOON = datetime(2024, 3, 15, 6, 0, tzinfo=UTC)


def test_a_session_reads_in_local_time() -> None:
    text = clock.span_text(AFTERNOON, AFTERNOON + timedelta(hours=2), SHANGHAI)
    assert text == "3月15日 周五 14:00–16:00"


def test_a_card_takes_a_time_of_at_most_twenty_characters() -> None:
    text = clock.card_time(datetime(2024, 12, 31, 15, 59, tzinfo=UTC), SHANGHAI)
    assert text == "2024年12月31日 23:59"
    assert len(text) <= 20


def test_the_api_writes_utc() -> None:
    assert clock.iso_utc(AFTERNOON.astimezone(SHANGHAI)) == "2024-03-15T06:00:00Z"


def test_the_clock_can_be_set_and_goes_on_afterwards() -> None:
    with clock.clock_at(AFTERNOON):
        assert clock.utc_now() == AFTERNOON
    assert clock.utc_now() > AFTERNOON
