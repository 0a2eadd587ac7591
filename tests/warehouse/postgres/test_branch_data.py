"""What a branch makes of rows, on a real warehouse: what is said, and that nothing is left of it, whoever is killed.

`BRANCH_DATA_KILL_EVERY=1 pytest tests/warehouse/postgres/test_branch_data.py` kills it at each statement.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.kinds.unique import Unique
from summary_tables.configs.config import Config
from summary_tables.model.data_bounds import Bounds
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn, Index, Refresh, SummaryTable
from summary_tables.runs.data_diff.branch import Against, BranchTable, Wanted, branch_data
from summary_tables.runs.data_diff.reports import data_text
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.runs.data_diff.table_words import table_headline, table_remarks
from summary_tables.runs.dates import RunDates
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, OTHER, Database, build_and_show
from tests.warehouse.postgres.fragile import CutConnection, FragileCursor, fragile

EVERY = int(os.environ.get("BRANCH_DATA_KILL_EVERY", "13"))

_DAY = datetime(2026, 11, 21, tzinfo=UTC)
_DATES = RunDates(logical_date=_DAY, start=_DAY, end=_DAY.replace(day=22), due=_DAY.replace(day=22))
_QUERY = "SELECT day, count(*) AS n FROM raw_data.events GROUP BY day"
_CHANGED = "SELECT day + 2 AS day, count(*) + (day % 5 = 0)::int AS n FROM raw_data.events GROUP BY day"
_WEEKLY = "SELECT d.day / 7 AS week, sum(d.n)::bigint AS n FROM analytics.daily AS d GROUP BY 1"
_CATALOG = """
SELECT 'relation', oid, relname, relnamespace, relkind::text, relacl::text, relfilenode FROM pg_class
UNION ALL SELECT 'schema', oid, nspname, nspowner, '', nspacl::text, 0 FROM pg_namespace
UNION ALL SELECT 'type', oid, typname, typnamespace, '', typacl::text, 0 FROM pg_type
UNION ALL SELECT 'dependency', objid, refobjid::text, classid, deptype::text, '', 0 FROM pg_depend
ORDER BY 1, 2, 3, 4
"""


def table(name: str = "daily", sql: str = _QUERY, **values: object) -> SummaryTable:
    found = SummaryTable(table=name, schema="analytics", main_sql=sql)
    return replace(found, **values)  # type: ignore[arg-type]  # each test gives what it needs


def config(found: SummaryTable) -> Config:
    return Config(table=found, settings=Settings(), path=Path(f"dag_configs/{found.table}.yaml"))


def changed(before: SummaryTable | None, after: SummaryTable, *reads: str) -> BranchTable:
    return BranchTable(before=config(before) if before else None, after=config(after), reads=reads)


def rows(
    database: Database,
    *tables: BranchTable,
    against: Against = "live",
    key: tuple[str, ...] = (),
    bounds: Bounds = Bounds(),  # noqa: B008 - it is frozen
    role: str = BUILDER,
) -> tuple[TableData, ...]:
    with database.connect(role) as connection:
        return tuple(branch_data(connection, tables, _wanted(against=against, key=key, bounds=bounds)))


def _wanted(against: Against = "live", key: tuple[str, ...] = (), bounds: Bounds = Bounds()) -> Wanted:  # noqa: B008
    return Wanted(dates=lambda _: _DATES, bounds=bounds, key=key, against=against)


def _two(sql: str = _CHANGED) -> tuple[BranchTable, BranchTable]:
    """A table that changes, and one that reads it."""
    weekly = table("weekly", _WEEKLY, output_check=(RowCount(min=9),))
    after = table(
        sql=sql, output_check=(RowCount(min=10), Unique(columns=("day",))), indexes=(Index(columns=("day",)),)
    )
    return changed(table(), after), changed(weekly, weekly, "analytics.daily")


def _steady(text: str) -> str:
    return re.sub(r"in \d+\.\d\d s", "in S.SS s", text)


def test_change_that_reaches_another_table(database: Database) -> None:
    build_and_show(database, _QUERY)
    weekly = table("weekly", _WEEKLY)
    build_and_show(database, _WEEKLY, weekly)
    assert_golden("compare/branch_live.txt", _steady(data_text(rows(database, *_two()))))
    assert_golden("compare/branch_base.txt", _steady(data_text(rows(database, *_two(), against="base"))))


def test_tables_that_nobody_has_built_yet(database: Database) -> None:
    """Before is then what the queries of before give, of which one reads the other, too."""
    daily, weekly = rows(database, *_two())
    assert daily.before == weekly.before == "base"
    assert weekly.diff is not None
    assert (weekly.diff.rows_before, weekly.diff.rows_after, weekly.reads) == (8, 8, ("analytics.daily",))
    assert table_headline(weekly) == "All 8 rows change, in `n`, by at most 7."


def test_new_table(database: Database) -> None:
    columns = (DeclaredColumn(name="day"), DeclaredColumn(name="who", pii=True))
    query = "SELECT day, 'kim' || (day % 2) AS who FROM raw_data.events WHERE event = 1"
    found = rows(database, changed(None, table(sql=query, columns=columns)))
    text = _steady(data_text(found))
    assert_golden("compare/branch_new.txt", text)
    assert "kim" not in text


def test_branch_cannot_show_itself_what_was_hidden(database: Database) -> None:
    """Its file may say of a column that it is not personal, or of the deployment that values are shown."""
    columns = (DeclaredColumn(name="day"), DeclaredColumn(name="who", pii=True))
    query = "SELECT day, 'kim' || day % 3 AS who FROM raw_data.events WHERE event = 1"
    before = table(sql=query, columns=columns)
    after = table(sql=query.replace("% 3", "% 4"), output_check=(Unique(columns=("who",)),))
    build_and_show(database, query)
    assert "kim" in data_text(rows(database, changed(table(sql=query), after)))
    assert "kim" not in data_text(rows(database, changed(before, after)))
    with database.connect() as connection:
        wanted = replace(_wanted(), samples=False)
        assert "kim" not in data_text(tuple(branch_data(connection, [changed(table(sql=query), after)], wanted)))


def test_personal_data_of_a_table_that_is_compared_with_nothing(database: Database) -> None:
    """What one run gives is another thing now, so it is told like a new table."""
    query = "SELECT day, event AS {} FROM raw_data.events"
    columns = (DeclaredColumn(name="day"), DeclaredColumn(name="who", pii=True))
    before = table(sql=query.format("who"), columns=columns)
    after = table(sql=query.format("person"), refresh=Refresh(strategy="append"))
    (found,) = rows(database, changed(before, after))
    assert [(profile.name, profile.hidden) for profile in found.profiles] == [("day", False), ("person", True)]


def test_view_of_somebody_that_writes(database: Database) -> None:
    """What stands under the name of the table may be a view of anybody."""
    database.admin(
        "CREATE FUNCTION raw_data.writes() RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER"
        " AS 'INSERT INTO raw_data.events VALUES (1, 1) RETURNING 1';"
        "CREATE VIEW analytics.daily AS SELECT day, raw_data.writes() AS n FROM raw_data.events;"
        f"GRANT SELECT ON analytics.daily TO {BUILDER}"
    )
    (found,) = rows(database, _two()[0])
    assert table_headline(found) == (
        "The query tries to change data (INSERT). It may only read, and so may every function that it calls."
    )


def test_renamed_table_is_compared_with_the_old_one(database: Database) -> None:
    build_and_show(database, _QUERY)
    (found,) = rows(database, changed(table(), table("per_day", _QUERY.replace("AS n", "AS events"))))
    assert found.diff is not None
    assert found.diff.has_same_rows
    assert found.diff.renamed == (("n", "events"),)
    assert list(table_remarks(found))[1:3] == [
        "`events` has the values that `n` had: it may be the same column under another name.",
        "Rows are matched by `day`, in which all rows of both sides differ.",
    ]


def test_growing_table_is_compared_by_what_one_run_gives(database: Database) -> None:
    """Whatever the table has by now: rows of other runs stay as they are."""
    database.admin(
        "CREATE TABLE raw_data.visits AS SELECT timestamp '2026-11-20 12:00' + n * interval '6 hours' AS at, n AS id "
        f"FROM generate_series(1, 8) n; GRANT SELECT ON raw_data.visits TO {BUILDER};"
        f"CREATE TABLE analytics.visits (at timestamp, id integer); GRANT SELECT ON analytics.visits TO {BUILDER}"
    )
    sql = "SELECT at, id FROM raw_data.visits WHERE at BETWEEN '{{ data_interval_start }}' AND '2026-11-21 23:59'"
    refresh = Refresh(strategy="merge", unique_key=("id",))
    before, after = (
        table("visits", each, refresh=refresh) for each in (sql, sql.replace("at, id", "at, id * 2 AS id"))
    )
    (found,) = rows(database, changed(before, after))
    assert (
        table_headline(found)
        == "1 of 4 rows changes, all in `at`, by at most 12 hours; 3 rows are new (`id` 6 to 10); "
        "3 rows are gone (`id` 2 to 5)."
    )
    assert list(table_remarks(found))[:3] == [
        f"Before: the query of before on the same data, 4 rows. After: the new query, 4 rows in {found.seconds:.2f} s.",
        "Compared is what one run gives, that of 2026-11-21 00:00 to 2026-11-22 00:00 UTC; rows of other runs stay as "
        "they are.",
        "Rows are matched by `id`, the `unique_key` of its `refresh`.",
    ]
    (first,) = rows(database, changed(replace(before, refresh=Refresh()), after))
    assert (first.diff, first.rows, [profile.name for profile in first.profiles]) == (None, 4, ["at", "id"])


def test_tables_behind_one_that_fails(database: Database) -> None:
    daily, weekly = rows(database, *_two("SELECT day, 1 / (day - 7) AS n FROM raw_data.events"))
    assert table_headline(daily) == "The warehouse says: division by zero."
    assert table_headline(weekly) == "It was not built: `analytics.daily`, which it reads, could not be."
    (alone,) = rows(database, changed(table(sql="SELECT nope FROM raw_data.events"), table()))
    assert table_headline(alone) == (
        'It cannot be compared: the query of before fails. There is no column "nope", line 1 of the query.'
    )
    assert alone.rows == 50


def test_tables_that_come_to_read_each_other(database: Database) -> None:
    weekly = table("weekly", _WEEKLY)
    after = table(sql="SELECT week AS day, n FROM analytics.weekly")
    found = rows(
        database, changed(table(), after, "analytics.weekly"), changed(weekly, weekly, "analytics.daily"), key=("day",)
    )
    assert [table_headline(data) for data in found] == [
        'There is no table "analytics.weekly" in the warehouse, line 1 of the query. `analytics.daily` and '
        "`analytics.weekly` read each other, so none of them can be built before the others.",
        "It was not built: `analytics.daily`, which it reads, could not be.",
    ]


def test_limits_and_the_ways_out_of_them(database: Database) -> None:
    daily = changed(None, table(sql="SELECT n, n % 7 AS v FROM generate_series(1, 200000) AS n"))
    (dear,) = rows(database, daily, bounds=Bounds(max_cost=100))
    assert re.fullmatch(
        r"Building analytics\.daily would cost [\d,]+, as the warehouse's planner expects \(1: to read 8 kB\); allowed "
        r"are 100\. To do it all the same: --max-cost \d+",
        table_headline(dear),
    ), table_headline(dear)
    assert rows(database, daily, bounds=Bounds(max_cost=_way_out(dear)))[0].rows == 200_000
    (large,) = rows(database, daily, bounds=Bounds(max_bytes=1024**2))
    assert re.fullmatch(
        r"Building analytics\.daily would give \d+ MB, as the warehouse's planner expects; allowed are 1 MB\. To do it "
        r"all the same: --max-mb \d+",
        table_headline(large),
    ), table_headline(large)
    (found,) = rows(database, daily, bounds=Bounds(max_bytes=_way_out(large) * 1024**2))
    # What it takes is more than what it gives: each row has a head.
    assert table_headline(found).startswith("Building analytics.daily gave 7 MB; allowed are 2 MB. ")
    assert rows(database, daily, bounds=Bounds(max_bytes=_way_out(found) * 1024**2))[0].rows == 200_000


def test_time_and_more_of_it(database: Database) -> None:
    slow = changed(None, table(sql="SELECT day, pg_sleep(0.02)::text AS t FROM raw_data.events WHERE day <= 3"))
    (stopped,) = rows(database, slow, bounds=Bounds(minutes=0.001))
    assert table_headline(stopped) == (
        "Building analytics.daily took longer than 0.001 minutes and was stopped. To give it more time: --timeout 1"
    )
    assert rows(database, slow, bounds=Bounds(minutes=1))[0].rows == 9
    # A shorter limit of the role is nobody's to lift.
    database.admin(f"ALTER ROLE {BUILDER} SET statement_timeout = '100ms'")
    try:
        (stopped,) = rows(database, slow)
    finally:
        database.admin(f"ALTER ROLE {BUILDER} RESET statement_timeout")
    assert table_headline(stopped) == "The query ran longer than the warehouse allows (statement_timeout)."


def _way_out(found: TableData) -> int:
    option = re.search(r"--max-\w+ (\d+)\Z", table_headline(found))
    assert option is not None
    return int(option[1])


def test_rights_that_the_words_name_are_enough(database: Database) -> None:
    build_and_show(database, _QUERY)
    database.admin(f"REVOKE TEMPORARY ON DATABASE {database.name} FROM PUBLIC")
    said = []
    for _ in range(5):
        (found,) = rows(database, _two()[0], role=OTHER)
        if found.diff:
            break
        grant = re.search(r"GRANT [^;]+;", table_headline(found))
        assert grant is not None, table_headline(found)
        said.append(re.sub(r"warehouse_\d+", "DATABASE", grant[0]))
        database.admin(grant[0])
    assert said == [
        "GRANT USAGE ON SCHEMA raw_data TO other;",
        "GRANT SELECT ON raw_data.events TO other;",
        'GRANT TEMPORARY ON DATABASE "DATABASE" TO "other";',
        'GRANT SELECT ON "analytics".daily TO other;',
    ]


def test_nobody_waits_for_what_is_only_compared(database: Database) -> None:
    """A table that is compared, and that no later one reads, is not locked while the others are built."""
    build_and_show(database, _QUERY)
    with database.connect() as connection:
        found = branch_data(connection, (_two()[0], changed(None, table("other", "SELECT 1 AS one"))), _wanted())
        assert next(found).diff is not None
        database.admin("SET lock_timeout = '2s'; ALTER VIEW analytics.daily SET (security_barrier = true)")
        assert [data.rows for data in found] == [1]


def _catalog(database: Database) -> list[tuple[object, ...]]:
    return database.admin(_CATALOG)


def _killed(database: Database, kind: type[CutConnection] | None, every: int) -> Iterator[int]:
    """Kill the work at every so many-th of its moments, until it gets through."""
    for fatal in count(1, every):
        with database.connect_as(kind, cursor_factory=FragileCursor) if kind else fragile(database) as connection:
            connection.fatal = fatal
            with suppress(WarehouseError):
                _work(connection)
            if connection.statements < fatal:
                return
        database.await_recovery()
        yield fatal


def _work(connection: Connection) -> None:
    for _ in branch_data(connection, _two(), _wanted()):
        pass


@pytest.mark.parametrize(("kind", "every"), [(CutConnection, EVERY), (None, EVERY)], ids=["line", "backend"])
def test_nothing_is_left_of_it(database: Database, kind: type[CutConnection] | None, every: int) -> None:
    """Also where its line is cut before one of its statements, or `kill -9` ends its backend."""
    build_and_show(database, _QUERY)
    before = _catalog(database)
    _work_alone(database)
    assert _catalog(database) == before
    kills = 0
    for _ in _killed(database, kind, every):
        kills += 1
        assert _catalog(database) == before
    assert kills >= 3


def _work_alone(database: Database) -> None:
    with database.connect() as connection:
        _work(connection)
