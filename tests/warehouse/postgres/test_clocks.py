"""Clocks that end work in the warehouse, whatever the warehouse is doing; nothing else would end it here."""

import os
import signal
import time

import psycopg
import pytest

from summary_tables.warehouse.session.clocks import cut_off_after
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from tests.clocks import running_clocks
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show
from tests.warehouse.postgres.in_session import live_table

_SHORT = 0.3
_LONG = 600


def test_a_question_is_cut_off_that_waits_for_a_lock(database: Database) -> None:
    build_and_show(database)
    with database.server.connect(database.name) as other, database.connect() as connection:
        other.execute("BEGIN; LOCK TABLE summary_tables.build_log")
        with pytest.raises(WarehouseError) as raised, cut_off_after(connection, _SHORT):
            live_table(connection, TABLE, WAREHOUSE)
    assert raised.value.sqlstate == CONNECTION_LOST


def test_a_question_is_cut_off_that_the_server_never_answers(database: Database) -> None:
    with database.connect() as connection:
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)
        try:
            with pytest.raises(psycopg.OperationalError), cut_off_after(connection, _SHORT):
                connection.execute("SELECT 1")
        finally:
            os.kill(backend, signal.SIGCONT)


def test_a_connection_that_was_in_time_goes_on(database: Database) -> None:
    with database.connect() as connection:
        with cut_off_after(connection, _LONG):
            connection.execute("SELECT 1")
        assert running_clocks() == []
        assert connection.execute("SELECT 2").fetchall() == [(2,)]


def test_a_connection_may_be_closed_before_its_time_is_up(database: Database) -> None:
    connection = database.connect()
    with cut_off_after(connection, _SHORT), database.connect() as another:
        connection.close()
        time.sleep(_SHORT * 2)
        assert another.execute("SELECT 1").fetchall() == [(1,)]
