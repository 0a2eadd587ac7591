"""Whatever happens to a table, in whatever order, its state is what people would say."""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from summary_tables.catalog.entry import State
from tests.catalog.made_states import state_of
from tests.catalog.table_life import EVENTS, Life


def _after(*names: str) -> Life:
    life = Life()
    for name in names:
        life = EVENTS[name](life)
    return life


def _state(life: Life) -> State:
    return state_of(life.declaration, life.facts, life.history, life.now).state


@given(names=st.lists(st.sampled_from(sorted(EVENTS)), max_size=15))
def test_the_state_is_what_happened(names: list[str]) -> None:
    life = _after(*names)
    event(life.state)
    assert _state(life) == life.state


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ((), "never_built"),
        (("built",), "fresh"),
        (("built", "warned"), "warning"),
        (("built", "warned", "built"), "fresh"),
        (("built", "check failed"), "failing"),
        (("built", "crashed", "built"), "fresh"),
        (("built", "crashed", "paused"), "failing"),
        (("built", "missed"), "late"),
        (("built", "missed", "built"), "fresh"),
        (("built", "built", "rolled back"), "late"),
        (("built", "paused", "missed"), "paused"),
        (("built", "file broken", "missed"), "broken_file"),
        (("built", "file removed"), "orphaned"),
    ],
)
def test_each_state_comes_and_goes(names: tuple[str, ...], state: State) -> None:
    assert _state(_after(*names)) == state
