"""The bad days of `tests/alerts/test_incident_property.py`, fewer of them, on a real server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from hypothesis import HealthCheck, given, settings
from psycopg.pq import TransactionStatus

from summary_tables.warehouse.logs.incident_log import incident_from_row
from summary_tables.warehouse.session.session import Session, open_session
from tests.alerts.bad_days import Fate, Move, World, days, expected, spelled
from tests.warehouse.postgres.database import WAREHOUSE, Database


class _Cursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, *args: Any, **options: Any) -> Self:
        assert isinstance(self.connection, _Connection)
        self.connection.before(self.connection.info.transaction_status is TransactionStatus.INTRANS)
        super().execute(query, *args, **options)
        return self


class _Connection(psycopg.Connection[Any]):
    """Tells of each statement before it is sent."""

    before: Callable[[bool], None]


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days)
def test_one_incident_is_one_conversation(database: Database, day: tuple[list[Move], list[Fate]]) -> None:
    database.admin("DROP TABLE IF EXISTS summary_tables.incident_log, summary_tables.message_log")

    @contextmanager
    def opened(before: Callable[[bool], None]) -> Iterator[Session]:
        with database.connect_as(_Connection, cursor_factory=_Cursor) as connection:
            connection.before = lambda _is_inside: None
            with open_session(connection, WAREHOUSE) as session:
                connection.before = before
                yield session

    moves, fates = day
    world = World(opened, iter(fates))
    world.play(moves)
    if database.value("SELECT to_regclass('summary_tables.message_log')") is None:
        assert expected(world.recorded) == []
        return
    with opened(lambda _is_inside: None) as session:
        pending = session.value("SELECT count(*) FROM summary_tables.message_log WHERE done_at IS NULL")
        every = session.sql.incidents.open_incidents().replace("WHERE closed_at IS NULL\n", "")
        incidents = [incident_from_row(row) for row in session.rows(every)]
    world.check(incidents, pending)
    assert sorted(map(spelled, incidents)) == sorted(expected(world.recorded))
