"""The state tables, every pair of state and action."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from server.domain import cancellation, delivery, interview
from server.domain.cancellation import CancellationAction, CancellationStatus, Initiator
from server.domain.delivery import DeliveryAction, DeliveryStatus
from server.domain.errors import InvalidTransition
from server.domain.interview import InterviewAction, InterviewStatus

# What may happen, written a second time and by rows, so that a change of a table is a decision.
INTERVIEW = {
    "invited": {"confirm": "confirmed", "cancel": "cancelled", "complete": "completed", "miss": "no_show"},
    "confirmed": {"confirm": "confirmed", "cancel": "cancelled", "complete": "completed", "miss": "no_show"},
    "cancelled": {"reinstate": "confirmed"},
    "completed": {"complete": "completed"},
    "no_show": {"complete": "completed", "miss": "no_show"},
}
CANCELLATION = {
    "requested": {"confirm": "confirmed", "withdraw": "withdrawn", "restore": "restored"},
    "confirmed": {"confirm": "confirmed"},
    "withdrawn": {"withdraw": "withdrawn"},
    "restored": {"restore": "restored"},
}
_RECEIPTS = {"deliver": "delivered", "miscarry": "failed", "open": "opened", "acknowledge": "acknowledged"}
_ANSWERS = ("accept", "postpone", "refuse", "fail", "lose")


def _late(state: str) -> dict[str, str]:
    """Answers that change nothing any more."""
    return dict.fromkeys(_ANSWERS, state)


DELIVERY = {
    "queued": {
        **{"claim": "sending", "accept": "accepted", "postpone": "queued", "refuse": "refused"},
        **{"fail": "failed", "lose": "queued"},
    },
    "sending": {
        **_RECEIPTS,
        **{
            "accept": "accepted",
            "postpone": "queued",
            "refuse": "refused",
            "fail": "failed",
            "lose": "unknown",
        },
    },
    "unknown": {
        **_RECEIPTS,
        **{
            "accept": "accepted",
            "postpone": "unknown",
            "refuse": "refused",
            "fail": "failed",
            "lose": "unknown",
        },
    },
    "accepted": {**_late("accepted"), **_RECEIPTS},
    "delivered": {**_late("delivered"), **_RECEIPTS, "miscarry": "delivered"},
    "opened": {**_late("opened"), **_RECEIPTS, "deliver": "opened", "miscarry": "opened"},
    "acknowledged": {**_late("acknowledged"), **dict.fromkeys(_RECEIPTS, "acknowledged")},
    "failed": {**_late("failed"), **_RECEIPTS, "deliver": "failed"},
    "refused": _late("refused"),
}


@pytest.mark.parametrize(
    ("after", "states", "actions", "expected"),
    [
        (interview.after, InterviewStatus, InterviewAction, INTERVIEW),
        (cancellation.after, CancellationStatus, CancellationAction, CANCELLATION),
        (delivery.after, DeliveryStatus, DeliveryAction, DELIVERY),
    ],
    ids=["interview", "cancellation", "delivery"],
)
def test_every_pair_of_state_and_action(after, states, actions, expected) -> None:
    for state, action in product(states, actions):
        result = expected[state.value].get(action.value)
        if result is None:
            with pytest.raises(InvalidTransition):
                after(state, action)
        else:
            assert after(state, action).value == result, (state, action)


@pytest.mark.parametrize("table", [interview, cancellation, delivery])
def test_every_state_has_its_words(table) -> None:
    assert all(state in table.STATUS_TEXT for state, _ in table.TRANSITIONS)
    assert len(set(table.STATUS_TEXT.values())) == len(table.STATUS_TEXT)


def test_a_message_never_climbs_down() -> None:
    rungs = [*delivery.LADDER]
    for (state, _), result in delivery.TRANSITIONS.items():
        if state in rungs[1:] and result in rungs:
            assert rungs.index(result) >= rungs.index(state)


def test_a_refusal_is_final() -> None:
    results = {delivery.TRANSITIONS.get((DeliveryStatus.REFUSED, action)) for action in DeliveryAction}
    assert results == {DeliveryStatus.REFUSED, None}


def test_the_waits_grow_and_end() -> None:
    waits = [delivery.backoff(attempts).total_seconds() for attempts in range(0, 20)]
    assert waits == sorted(waits)
    assert waits[0] == waits[1] == 2
    assert waits[-1] == 120


def test_references_are_readable_and_differ() -> None:
    made = {cancellation.new_reference() for _ in range(500)}
    assert len(made) == 500
    for reference in made:
        assert len(reference) == 12
        assert not set(reference.removeprefix("QX-")) & set("ILOU")


def test_every_initiator_has_its_words() -> None:
    assert set(cancellation.INITIATOR_TEXT) == set(Initiator)


def test_what_stands_in_the_way_of_cancelling_in_every_state() -> None:
    now = datetime(2024, 3, 15, 6, 0, tzinfo=UTC)
    later, earlier = now + timedelta(hours=1), now - timedelta(hours=1)
    for status, submitted, ends in product(InterviewStatus, (None, earlier), (later, earlier, now)):
        found = interview.obstacle_to_cancelling(status, submitted, ends, now)
        if status is InterviewStatus.CANCELLED:
            assert found is interview.Obstacle.ALREADY_CANCELLED
        elif submitted:
            assert found is interview.Obstacle.ALREADY_SUBMITTED
        elif status in (InterviewStatus.COMPLETED, InterviewStatus.NO_SHOW):
            assert found is interview.Obstacle.FINISHED
        else:
            assert found is (None if ends is later else interview.Obstacle.OVER)
    assert set(interview.OBSTACLE_TEXT) == set(interview.Obstacle)
