"""A run adds its rows to the table: once, all of them, whatever the order of the runs."""

import pytest

from summary_tables.text.moments import UTC_NAME, moment_text
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import TABLE, Database, build_and_show, show, table_with
from tests.warehouse.postgres.increments import STRATEGIES, build_day, day_run, growing, run_day, seen, with_visits

COVERED = (
    "The whole table was built by the run of 2026-11-04 00:00 UTC, which covers this run's interval, 2026-11-01 00:00 "
    "to 2026-11-02 00:00 UTC; adding its rows would double them. Nothing needs to be done. To build the whole "
    'table anew, start a run with the configuration {"full_refresh": true}.'
)


def day_rows(*days: int) -> list[tuple[object, ...]]:
    """What the runs of these days add."""
    return sorted((f"2026-11-{day:02}", f"visitor {v}", 1) for day in days for v in range(1, 5))


def expected(strategy: str, *days: int) -> list[tuple[object, ...]]:
    return day_rows(*days[-1:] if strategy == "merge" else days)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_table_grows(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    first = run_day(database, table, day_run(1))
    assert first.applied_to == first.version
    assert seen(database) == day_rows(1)
    second = run_day(database, table, day_run(2))
    assert second.applied_to == first.version
    assert seen(database) == expected(strategy, 1, 2)
    assert seen(database, "*")[0][1:] == ("visitor 1", 1)
    assert database.versions() == {first.version}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_repeated_run_changes_nothing_and_takes_corrections(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    for day in (1, 2, 3, 2, 3):
        run_day(database, table, day_run(day))
    assert seen(database) == expected(strategy, 1, 2, 3)
    database.admin("UPDATE raw_data.visits SET visits = 7 WHERE day = '2026-11-03' AND visitor = 'visitor 1'")
    again = run_day(database, table, day_run(3, "backfill of day 3"))
    assert again.applied
    assert (again.applied.deleted, again.applied.inserted) == (4, 4)
    assert ("2026-11-03", "visitor 1", 7) in seen(database)
    assert len(seen(database)) == len(expected(strategy, 1, 2, 3))


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("order", [(3, 2, 1), (2, 3, 1), (2, 1, 3)])
def test_backfills_end_in_the_same_table(database: Database, strategy: str, order: tuple[int, ...]) -> None:
    with_visits(database)
    builds = [build_day(database, growing(strategy), day_run(day)) for day in (1, 2, 3)]
    for day in order:
        show(database, builds[day - 1], growing(strategy))
    assert seen(database) == expected(strategy, 1, 2, 3)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_published_twice_is_once(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2))
    first = show(database, build, table)
    log = database.admin("SELECT xmin, * FROM summary_tables.build_log")
    second = show(database, build, table)
    assert second.published_at == first.published_at
    assert second.applied is None
    assert database.admin("SELECT xmin, * FROM summary_tables.build_log") == log


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_full_refresh_is_a_whole_new_version(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    run_day(database, table, day_run(1))
    full = run_day(database, table, day_run(5, full_refresh=True))
    assert full.strategy == "replace"
    assert [row[1:] for row in seen(database)] == [(f"visitor {v}", 5) for v in range(1, 5)]
    run_day(database, table, day_run(6))
    assert len(seen(database)) == (4 if strategy == "merge" else 8)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_an_inherited_table_keeps_its_history(database: Database, strategy: str) -> None:
    with_visits(database)
    database.admin(
        "CREATE TABLE analytics.daily AS SELECT date '2020-01-01' AS day, 'old' AS visitor, 3::bigint AS visits;"
        "ALTER TABLE analytics.daily OWNER TO builder;"
        "CREATE VIEW analytics.look AS SELECT * FROM analytics.daily; ALTER VIEW analytics.look OWNER TO builder"
    )
    table = growing(strategy)
    run_day(database, table, day_run(1))
    assert seen(database) == [("2020-01-01", "old", 3), *day_rows(1)]
    run_day(database, table, day_run(2))
    assert seen(database)[0] == ("2020-01-01", "old", 3)
    assert seen(database)[1:] == expected(strategy, 1, 2)
    assert database.value("SELECT count(*) FROM analytics.look") == len(seen(database))
    assert len(database.versions()) == 1


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_dropped_view_shows_all_rows_again(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    for day in (1, 2):
        run_day(database, table, day_run(day))
    database.admin("DROP VIEW analytics.daily")
    run_day(database, table, day_run(3))
    assert seen(database) == expected(strategy, 1, 2, 3)
    assert len(seen(database, "*")[0]) == 3


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_new_columns_come_last(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    run_day(database, table, day_run(1))
    query = "SELECT 'x' AS more, date '2026-11-02' AS day, 'visitor 9' AS visitor, 1::bigint AS visits"
    run_day(database, table, day_run(2), query)
    assert ("2026-11-02", "visitor 9", 1, "x") in seen(database, "day::text, visitor, visits, more")
    assert [row[-1] for row in database.admin("SELECT * FROM analytics.daily ORDER BY day")] == [None] * 4 + ["x"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_version_of_a_replaced_table_becomes_the_base(database: Database, strategy: str) -> None:
    with_visits(database)
    query = "SELECT date '2020-01-01' AS day, 'old' AS visitor, 3::bigint AS visits"
    base = build_and_show(database, query, TABLE)
    database.admin("UPDATE summary_tables.build_log SET interval_end = '2020-01-02', run_at = '2020-01-02'")
    run_day(database, growing(strategy), day_run(1))
    assert seen(database) == [("2020-01-01", "old", 3), *day_rows(1)]
    assert database.versions() == {base.version}


def test_an_older_build_of_an_interval_never_replaces_a_newer_one(database: Database) -> None:
    with_visits(database)
    for strategy in STRATEGIES:
        table = growing(strategy, f"by_{strategy}")
        run_day(database, table, day_run(1))
        older, newer = (build_day(database, table, day_run(2, run_id)) for run_id in ("older", "newer"))
        show(database, newer, table)
        words = f"A newer build of this interval is in analytics.{table.table} already: it began at "
        for _ in ("published", "cleared"):
            assert show(database, older, table).skip_reason.startswith(words)
        assert older.version not in database.versions()
        assert seen(database, name=table.table) == expected(strategy, 1, 2)


def test_a_backfill_after_a_full_refresh(database: Database) -> None:
    """What the refresh covered already: appended rows would be doubled, merged ones are older than those there."""
    with_visits(database)
    for strategy in STRATEGIES:
        table = growing(strategy, f"by_{strategy}")
        run_day(database, table, day_run(3, full_refresh=True))
        before = seen(database, name=table.table)
        build = build_day(database, table, day_run(1))
        shown = show(database, build, table)
        assert shown.skip_reason == (COVERED if strategy == "append" else "")
        assert build.version not in database.versions()
        days = day_rows(1) if strategy == "delete_insert" else []
        assert seen(database, name=table.table) == sorted(before + days)


def refusal(database: Database, strategy: str, query: str, day: int = 2) -> str:
    table = growing(strategy)
    with pytest.raises(WarehouseError) as caught:
        run_day(database, table, day_run(day), query)
    return str(caught.value)


def test_columns_that_do_not_fit(database: Database) -> None:
    with_visits(database)
    run_day(database, growing("append"), day_run(1))
    assert refusal(database, "append", "SELECT 1 AS visits, date '2026-11-02' AS day, 2 AS new") == (
        'The rows of this run do not fit the columns of analytics.daily: column "visitor" (text) is missing. '
        'New in it: "new" (integer). '
        "Give the query the missing column again, under the same name and with the same type. "
        "To change them for good, use a new table name, or drop analytics.daily in the warehouse once nobody reads it "
        'and start a run with {"full_refresh": true}.'
    )
    assert seen(database) == day_rows(1)


def test_a_dropped_view_shows_all_rows_again_even_if_none_is_added(database: Database) -> None:
    with_visits(database)
    run_day(database, growing("append"), day_run(3, full_refresh=True))
    before = seen(database)
    database.admin("DROP VIEW analytics.daily")
    assert run_day(database, growing("append"), day_run(1)).skip_reason == COVERED
    assert seen(database) == before


def test_a_build_from_before_a_column_came_is_built_again(database: Database) -> None:
    with_visits(database)
    run_day(database, growing("append"), day_run(1))
    waits = build_day(database, growing("append"), day_run(3))
    more = "SELECT date '2026-11-02' AS day, 'visitor 9' AS visitor, 1::bigint AS visits, 1 AS more"
    run_day(database, growing("append"), day_run(2), more)
    with pytest.raises(WarehouseError) as caught:
        show(database, waits, growing("append"))
    assert str(caught.value) == (
        f'The rows of this run were built at {moment_text(UTC_NAME, waits.started_at)}, without the column "more", '
        "which came "
        "into analytics.daily after that, with the run of 2026-11-03 00:00 UTC. Nothing was changed. "
        "Clear `create` of this run in Airflow to build them with the query of now."
    )
    run_day(database, growing("append"), day_run(3), more)
    assert refusal(database, "append", "SELECT date '2026-11-05' AS day, 'a' AS visitor, 1::bigint AS visits", 5) == (
        'The rows of this run do not fit the columns of analytics.daily: column "more" (integer) is missing. Give the '
        "query the missing column again, under the same name and with the same type. To "
        "change them for good, use a new table name, or drop analytics.daily in the warehouse once nobody reads it and "
        'start a run with {"full_refresh": true}.'
    )


def test_append_to_a_plain_table_cannot_double_days_of_before(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with_visits(database)
    table = growing("append")
    database.admin(
        "CREATE TABLE analytics.daily AS SELECT day, visitor, visits::bigint FROM raw_data.visits "
        "WHERE day < '2026-11-03';"
        "ALTER TABLE analytics.daily OWNER TO builder"
    )
    run_day(database, table, day_run(3))
    assert caplog.messages == [
        "analytics.daily was a plain table, and its rows stay. `append` cannot tell of which days they are: if some of "
        "2026-11-03 00:00 to 2026-11-04 00:00 UTC, or of any day that a run adds later, are among them, these are "
        "there twice then."
    ]
    run_day(database, table, day_run(4))
    run_day(database, table, day_run(3))
    with pytest.raises(
        WarehouseError, match=r"^analytics\.daily was a plain table with rows of its own when the first"
    ):
        run_day(database, table, day_run(2))
    assert seen(database) == day_rows(1, 2, 3, 4)


def test_max_rows_is_for_the_increment(database: Database) -> None:
    table = table_with(refresh=growing("append").refresh, max_rows=4)
    with_visits(database)
    for day in (1, 2, 3):
        run_day(database, table, day_run(day))
    assert len(seen(database)) == 12
