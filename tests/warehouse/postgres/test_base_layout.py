"""Indexes that a file gets, or loses, once its table has grown."""

from dataclasses import replace

import pytest

from summary_tables.model.table import Attributes, Index, SummaryTable
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import BUILDER, OTHER, Database
from tests.warehouse.postgres.increments import day_run, growing, run_day, seen, with_visits

DAY, VISITOR = Index(columns=("day",)), Index(columns=("visitor", "day"), unique=True)


def with_indexes(*indexes: Index, **more: object) -> SummaryTable:
    return replace(growing("append"), indexes=indexes, **more)  # type: ignore[arg-type]  # fields of the table


def indexes(database: Database) -> list[str]:
    """Of the version that readers see, as the server tells them."""
    rows = database.admin(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'summary_tables' AND tablename NOT LIKE '%_log' "
        "AND tablename <> 'declared'"
    )
    return sorted(definition.partition(" USING ")[2] for (definition,) in rows)


def test_they_come_and_go_with_the_next_run(database: Database) -> None:
    with_visits(database)
    run_day(database, with_indexes(DAY), day_run(1))
    run_day(database, with_indexes(DAY, VISITOR, attributes=Attributes(fillfactor=70)), day_run(2))
    assert indexes(database) == ["btree (day)", "btree (visitor, day)"]
    assert database.value("SELECT count(*) FROM pg_class WHERE reloptions = '{fillfactor=70}'") == 1
    before = database.admin("SELECT oid FROM pg_class WHERE relkind = 'i' ORDER BY 1")
    run_day(database, with_indexes(DAY, VISITOR), day_run(3))
    assert database.admin("SELECT oid FROM pg_class WHERE relkind = 'i' ORDER BY 1") == before
    run_day(database, with_indexes(VISITOR), day_run(4))
    assert indexes(database) == ["btree (visitor, day)"]
    run_day(database, with_indexes(), day_run(5))
    assert indexes(database) == []
    assert len(seen(database)) == 20


def test_what_others_made_stays(database: Database) -> None:
    with_visits(database)
    version = run_day(database, with_indexes(), day_run(1)).version
    database.admin(f'CREATE INDEX ON summary_tables."{version}" (visits)')
    run_day(database, with_indexes(DAY), day_run(2))
    run_day(database, with_indexes(), day_run(3))
    assert indexes(database) == ["btree (visits)"]


def test_a_version_of_another_role_gets_the_rows_and_no_index(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with_visits(database)
    version = run_day(database, with_indexes(), day_run(1)).version
    database.admin(
        f'ALTER TABLE summary_tables."{version}" OWNER TO {OTHER}; GRANT ALL ON summary_tables."{version}" TO {BUILDER}'
    )
    run_day(database, with_indexes(DAY), day_run(2))
    assert indexes(database) == []
    assert len(seen(database)) == 8
    assert "analytics.daily lacks indexes that its file has now: " in caplog.text


def test_a_unique_index_that_cannot_be_says_so_and_changes_nothing(database: Database) -> None:
    with_visits(database)
    for day in (1, 2):
        run_day(database, with_indexes(), day_run(day))
    before = seen(database)
    with pytest.raises(WarehouseError) as refused:
        run_day(database, with_indexes(Index(columns=("visitor",), unique=True)), day_run(3))
    assert str(refused.value) == (
        "The file of analytics.daily now has a unique index on visitor, and several rows of the table have the same "
        "values there. Nothing was changed. Take the index out of the file, or mend the rows by building the table "
        "anew."
    )
    assert seen(database) == before
