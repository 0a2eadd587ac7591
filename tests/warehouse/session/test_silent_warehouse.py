"""A warehouse that takes a connection and never answers is waited for a short time, in words that say which."""

import re
from contextlib import closing

import pytest

from summary_tables.lint.dry_run import address
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Limits, SummaryTable
from summary_tables.sql.dialects.postgres.dialect import statements
from summary_tables.warehouse.session import clocks, session
from summary_tables.warehouse.session.connect_options import CONNECT_SECONDS
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from tests.silent_server import silent_server
from tests.warehouse.postgres.in_session import live_table

_SECRET = "s3cret"


def test_commands_give_up_a_warehouse_that_never_answers() -> None:
    with silent_server(greets=False) as port, pytest.raises(WarehouseTrouble) as raised:
        address.connect(f"postgresql://reader:{_SECRET}@127.0.0.1:{port}/w?connect_timeout=2")
    said = re.fullmatch(
        rf"no connection to the warehouse: 127\.0\.0\.1:{port} gave no answer within (\d+) seconds", str(raised.value)
    )
    assert said, str(raised.value)
    # How long it took, which is more than two on a busy machine.
    assert 2 <= int(said[1]) < CONNECT_SECONDS


def test_a_warehouse_that_falls_silent_after_its_greeting_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "FIRST_ANSWER_SECONDS", 0.3)
    table = SummaryTable(table="daily", schema="analytics", main_sql="")
    with silent_server(greets=True) as port:
        given = f"postgresql://reader:{_SECRET}@127.0.0.1:{port}/w"
        with closing(address.connect(given)) as connection, pytest.raises(WarehouseError) as raised:
            live_table(connection, table, Warehouse())
    assert (str(raised.value), raised.value.sqlstate) == (
        f"The warehouse at 127.0.0.1:{port} let us in and then answered nothing for 0.3 seconds, not even who we are. "
        "See whether its server hangs or is overloaded; nothing was changed.",
        CONNECTION_LOST,
    )


def test_every_connection_has_a_limit_and_notices_a_line_that_was_cut() -> None:
    with silent_server(greets=True) as port:
        given = f"host=127.0.0.1 port={port} user=a keepalives_idle=7"
        with closing(address.connect(given)) as connection:
            found = {option.keyword.decode(): option.val for option in connection.pgconn.info if option.val}
    names = ("connect_timeout", "keepalives_idle", "keepalives_interval", "tcp_user_timeout", "client_encoding")
    assert [found[name] for name in names] == [b"10", b"7", b"10", b"60000", b"UTF8"]


def test_a_query_that_the_warehouse_does_not_even_stop_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "OBEY_SECONDS", 0.2)
    monkeypatch.setattr(clocks, "CANCEL_SECONDS", 0.2)
    limits = Limits(statement_timeout_minutes=0.001)
    with silent_server(greets=True) as port, closing(address.connect(f"host=127.0.0.1 port={port} user=a")) as line:
        silent = session.Session(line, Warehouse(), statements("summary_tables"), limits, makes_queries=True)
        with pytest.raises(WarehouseError) as raised:
            silent.execute_query("SELECT 1", "SELECT 1")
    assert (str(raised.value), raised.value.sqlstate) == (
        "The query ran longer than 0.001 minutes, and the warehouse did not answer when it was asked to stop it. The "
        "connection was cut off; the query may still run there: see pg_stat_activity, or whether the server hangs.",
        CONNECTION_LOST,
    )
