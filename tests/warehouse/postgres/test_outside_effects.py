"""Functions of the server that do something else than compute are refused, and the server can be told to do so."""

import re
from pathlib import Path

import pytest

from summary_tables.sql import outside_effects
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.postgres.outside_effects import BUILT_IN
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import BUILDER, OTHER, Database, build_and_show, create, table_with
from tests.warehouse.postgres.dry_runs import said, write
from tests.warehouse.postgres.in_session import read_value

_BUILD_ROLE = Path(__file__).parents[3] / "docs" / "build_role.md"

# Volatile, as they read what changes from moment to moment, and harmless: they only look.
_LOOK = """
array_sample array_shuffle clock_timestamp current_query currtid2 currval gen_random_uuid lastval lo_close lo_get
lo_lseek lo_lseek64 lo_open lo_tell lo_tell64 loread pg_available_wal_summaries pg_blocking_pids
pg_collation_actual_version pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system
pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_collation_actual_version
pg_database_size pg_get_aios pg_get_backend_memory_contexts pg_get_loaded_modules pg_get_multixact_members
pg_get_sequence_data pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events
pg_get_wal_replay_pause_state pg_get_wal_resource_managers pg_get_wal_summarizer_state pg_indexes_size pg_is_in_recovery
pg_is_wal_replay_paused pg_isolation_test_session_is_blocked pg_jit_available pg_last_committed_xact
pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status
pg_notification_queue_usage pg_partition_ancestors pg_partition_tree pg_prepared_xact pg_relation_size
pg_replication_origin_progress pg_replication_origin_session_is_setup pg_replication_origin_session_progress
pg_safe_snapshot_blocking_pids pg_sequence_last_value pg_show_replication_origin_status pg_sleep pg_sleep_for
pg_sleep_until pg_table_size pg_tablespace_size pg_total_relation_size pg_wal_summary_contents pg_xact_commit_timestamp
pg_xact_commit_timestamp_origin pg_xact_status random random_normal setseed timeofday ts_rewrite txid_status uuidv4
uuidv7 amvalidate plpgsql_validator
"""
_VOLATILE = """
SELECT DISTINCT proname::text FROM pg_proc WHERE oid < 16384 AND provolatile = 'v' AND prokind = 'f'
AND prorettype::regtype::text NOT IN ('internal', 'trigger', 'event_trigger')
AND prorettype::regtype::text !~ 'handler$'
AND NOT 'internal'::regtype = ANY (proargtypes::oid[]) AND proname !~ '^(binary_upgrade|pg_stat_get|pg_stat_have)_'
"""
_REFUSED = "The query calls {}, line 2 of the query, which {}. It may only read."


def test_every_function_of_the_server_that_is_volatile_is_judged(any_database: Database) -> None:
    found = {name for (name,) in any_database.admin(_VOLATILE)}
    assert found - set(_LOOK.split()) - BUILT_IN.keys() == set()


def test_none_reaches_the_server(database: Database) -> None:
    with database.connect() as connection:
        for name, reason in outside_effects.reasons(POSTGRES).items():
            with pytest.raises(WarehouseError) as caught:
                read_value(connection, f"SELECT\n{name}('x') AS a")
            assert str(caught.value) == _REFUSED.format(name, reason)
    with pytest.raises(WarehouseError, match="The query calls pg_notify, line 1 of the query, which sends a message"):
        create(database, "SELECT pg_notify('a', 'b')::text AS a")


def test_none_is_reached_as_if_it_were_a_column(database: Database) -> None:
    with database.connect() as connection, pytest.raises(WarehouseError) as caught:
        read_value(connection, "SELECT\no.pg_try_advisory_lock AS a FROM generate_series(7, 7) AS o")
    reason = outside_effects.reasons(POSTGRES)["pg_try_advisory_lock"]
    assert str(caught.value) == _REFUSED.format("pg_try_advisory_lock", reason)


@pytest.mark.parametrize("read", ["SELECT a FROM raw_data.outer", "SELECT OPERATOR(raw_data.!!!) 0::oid AS a"])
def test_nor_does_one_in_a_view_or_an_operator(database: Database, read: str) -> None:
    database.admin(
        "CREATE VIEW raw_data.inner AS SELECT lo_create(0) AS a;"
        "CREATE VIEW raw_data.outer AS SELECT a FROM raw_data.inner;"
        "CREATE OPERATOR raw_data.!!! (RIGHTARG = oid, FUNCTION = lo_create);"
        f"GRANT SELECT ON raw_data.outer TO {BUILDER};"
    )
    with pytest.raises(WarehouseError) as caught:
        create(database, read)
    assert str(caught.value) == (
        "The query calls lo_create, through a view or an operator, which writes large objects. It may only read."
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT rolpassword FROM pg_authid", "The role builder may not read the table pg_authid."),
        (
            "SELECT rolpassword FROM pg_catalog.pg_authid",
            "The role builder may not read the table pg_catalog.pg_authid.",
        ),
        ("SELECT raw_data.reads()", "The role builder may not call the function pg_read_file."),
    ],
)
def test_no_message_offers_a_right_on_what_is_the_servers(any_database: Database, query: str, words: str) -> None:
    any_database.admin(
        "CREATE FUNCTION raw_data.reads() RETURNS text LANGUAGE sql AS $$SELECT pg_read_file('/etc/passwd')$$"
    )
    with any_database.connect() as connection, pytest.raises(WarehouseError) as caught:
        read_value(connection, query)
    assert str(caught.value) == f"{words} That is for administrators of the warehouse only."


def test_nor_a_role_of_the_servers(any_database: Database) -> None:
    """PostgreSQL 15 says that one would have to be "a member of pg_signal_backend"."""
    any_database.admin(
        "CREATE FUNCTION raw_data.ends() RETURNS bool LANGUAGE sql AS "
        f"$$SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{OTHER}'$$"
    )
    with any_database.connect(OTHER), any_database.connect() as connection, pytest.raises(WarehouseError) as caught:
        read_value(connection, "SELECT raw_data.ends()::text")
    assert str(caught.value) in (
        "The role builder may not do this: permission denied to terminate process.",
        "The role builder may not do this. That is for administrators of the warehouse only.",
    )


def test_lint_offers_none_either(database: Database, tmp_path: Path) -> None:
    write(tmp_path / "dag_configs", "SELECT rolname FROM pg_catalog.pg_authid")
    assert said(database, tmp_path / "dag_configs") == [
        "4:23: error[warehouse-rights] the role builder may not read `pg_catalog.pg_authid`"
    ]


def test_lint_asks_the_server_nothing_about_such_a_query(database: Database, tmp_path: Path) -> None:
    write(tmp_path / "dag_configs", "SELECT nosuchcolumn, pg_notify('a', 'b')::text AS b FROM nosuchtable")
    assert said(database, tmp_path / "dag_configs") == [
        "4:24: error[warehouse-query] `pg_notify` sends a message to other sessions, and a query may only read"
    ]


def test_what_the_manual_revokes_is_revoked_and_nothing_of_ours_needs_it(any_database: Database) -> None:
    page = _BUILD_ROLE.read_text("utf-8")
    (statement,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    any_database.admin(statement)
    revoked = set(re.findall(r"'(\w+)'", statement)) - {"pg_catalog"}
    allowed = (
        "SELECT DISTINCT proname::text FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace "
        f"AND has_function_privilege('{BUILDER}', oid, 'EXECUTE')"
    )
    assert revoked & {name for (name,) in any_database.admin(allowed)} == set()
    any_database.admin(
        "CREATE FUNCTION raw_data.tells() RETURNS text LANGUAGE sql AS $$SELECT pg_notify('a', 'b')::text$$"
    )
    with pytest.raises(WarehouseError) as caught:
        create(any_database, "SELECT raw_data.tells() AS a")
    assert str(caught.value) == (
        "The role builder may not call the function pg_notify. That is for administrators of the warehouse only."
    )
    build_and_show(any_database)
    build_and_show(any_database, "SELECT day, now() AS at FROM raw_data.events", table_with(table="other"), number=2)
    assert any_database.value("SELECT count(*) FROM analytics.daily") == 50
