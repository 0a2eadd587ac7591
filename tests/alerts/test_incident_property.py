"""Whatever happens: each incident is opened once, closed once and told once at each place, in order.

`tests/warehouse/postgres/test_incident_property.py` plays the same days on a real server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hypothesis import given, settings

from summary_tables.warehouse.session.session import Session
from tests.alerts.bad_days import Fate, Move, World, days, expected, spelled
from tests.alerts.fake_store import FakeStore, fake_session


@settings(deadline=None, max_examples=400)
@given(days)
def test_one_incident_is_one_conversation(day: tuple[list[Move], list[Fate]]) -> None:
    store = FakeStore()

    @contextmanager
    def open_session(before: Callable[[bool], None]) -> Iterator[Session]:
        yield fake_session(store, before)

    moves, fates = day
    world = World(open_session, iter(fates))
    world.play(moves)
    world.check(list(store.incidents.values()), sum(not each.is_done for each in store.messages.values()))
    assert [spelled(each) for each in store.incidents.values()] == expected(world.recorded)
