"""The one way in which a state changes: a table of (state, action) to state."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from server.domain.errors import InvalidTransition

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


def next_state(table: Mapping[tuple[S, A], S], state: S, action: A) -> S:
    """The state after `action`.

    Raises:
        InvalidTransition: the table does not list the pair. Repeats and late arrivals that are harmless
            are listed with their own state as the result.
    """
    try:
        return table[(state, action)]
    except KeyError:
        raise InvalidTransition(f"当前状态（{state.value}）下不能进行这个操作（{action.value}）。") from None
