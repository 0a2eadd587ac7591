"""The source keeps the last days only: what a growing table has of earlier ones stays, unless somebody says so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
from tests.airflow.conftest import Project, failed_tasks
from tests.airflow.operators.recorded import failure, rows

REFRESHES = {
    "append": "append",
    "delete_insert": {"delete_insert": {"time_column": "date"}},
    "merge": {"merge": {"unique_key": "date"}},
}


@pytest.fixture(autouse=True)
def clicks(admin: psycopg.Connection[Any]) -> Iterator[None]:
    """Ten days of clicks, and no table of them."""
    drop = "DROP VIEW IF EXISTS analytics.clicks_by_day; DROP TABLE IF EXISTS raw_data.clicks"
    admin.execute(drop)
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = 'clicks_by_day'")
    admin.execute(
        "CREATE TABLE raw_data.clicks AS SELECT timestamp '2026-11-10' + n * interval '12 hours' AS clicked_at "
        "FROM generate_series(0, 19) n; GRANT SELECT ON raw_data.clicks TO PUBLIC"
    )
    yield
    admin.execute(drop)


def run(project: Project, day: int, strategy: str, conf: dict[str, object] | None = None, **more: Any) -> Any:
    """The run of a day of November."""
    keys = {"table": "clicks_by_day", "schema": "analytics", "schedule": "0 3 * * *", "refresh": REFRESHES[strategy]}
    main_sql = (
        "SELECT clicked_at::date AS date, COUNT(1) AS clicks FROM raw_data.clicks "
        "WHERE clicked_at >= '{{ data_interval_start | ds }}' AND clicked_at < '{{ data_interval_end | ds }}' "
        "GROUP BY 1"
    )
    project.write("clicks_by_day", {**keys, "main_sql": main_sql, **more})
    due = datetime(2026, 11, day + 1, 3, tzinfo=UTC)
    return build_dag(read("clicks_by_day", project.configs)).test(logical_date=due, run_conf=conf)


def keep_three_days(admin: psycopg.Connection[Any]) -> None:
    admin.execute("DELETE FROM raw_data.clicks WHERE clicked_at < '2026-11-17'")


def days(admin: psycopg.Connection[Any]) -> list[int]:
    return [row[0].day for row in rows(admin, "clicks_by_day")]


@pytest.mark.parametrize("strategy", ["append", "delete_insert"])
def test_a_run_without_rows_deletes_none_unless_the_file_allows_it(
    project: Project, admin: psycopg.Connection[Any], strategy: str
) -> None:
    for day in (11, 18):
        run(project, day, strategy)
    keep_three_days(admin)
    ended = run(project, 11, strategy)
    assert failed_tasks(ended) == ["publish"]
    options = {"append": "may_be_empty: true", "delete_insert": "time_column: date, may_be_empty: true"}[strategy]
    assert failure(ended, "publish").error == (
        "The query gives no rows for 2026-11-11 03:00 to 2026-11-12 03:00 UTC, and publishing that would delete the 1 "
        "row that analytics.clicks_by_day has of this time. Nothing was changed. If the source no longer has them, "
        "leave this run as it is. If there must be none, write `may_be_empty: true` "
        f"(`refresh: {{{strategy}: {{{options}}}}}`) and clear `publish` of this run in Airflow."
    )
    assert days(admin) == [11, 18]
    allowed = {strategy: {**(REFRESHES[strategy][strategy] if strategy != "append" else {}), "may_be_empty": True}}  # type: ignore[index]  # it is a mapping
    run(project, 11, strategy, refresh=allowed)
    assert days(admin) == [18]


LACKING = {
    "append": "has 3 rows, and readers have 4",
    "delete_insert": "has no rows of 2 days of which readers have some, from 2026-11-11 to 2026-11-12",
    "merge": "lacks 2 of the rows that readers have, by `unique_key`",
}


@pytest.mark.parametrize("strategy", REFRESHES)
def test_a_full_refresh_that_would_lose_days_has_to_be_asked_for(
    project: Project, admin: psycopg.Connection[Any], strategy: str
) -> None:
    for day in (11, 12, 17, 18):
        run(project, day, strategy)
    keep_three_days(admin)
    ended = run(project, 19, strategy, {"full_refresh": True})
    assert failed_tasks(ended) == ["publish"]
    assert failure(ended, "publish").error == (
        f"This build of the whole table analytics.clicks_by_day {LACKING[strategy]}. Its source may no longer have all "
        "that the table has. Nothing was changed. To publish it all the same, start a run with the configuration "
        '{"full_refresh": true, "may_lose_rows": true}.'
    )
    assert days(admin) == [11, 12, 17, 18]
    run(project, 19, strategy, {"full_refresh": True, "may_lose_rows": True})
    assert days(admin) == [17, 18, 19]


def test_a_full_refresh_that_has_all_of_it_is_published(project: Project, admin: psycopg.Connection[Any]) -> None:
    run(project, 18, "append")
    run(project, 19, "append", {"full_refresh": True})
    assert days(admin) == [*range(10, 20)]


def test_a_file_or_the_defaults_forbid_it(project: Project, admin: psycopg.Connection[Any]) -> None:
    run(project, 18, "append")
    (project.configs / "defaults.yaml").write_text("retries: 0\nfull_refresh: false\n")
    ended = run(project, 19, "append", {"full_refresh": True})
    assert failed_tasks(ended) == ["create"]
    assert failure(ended, "create").error == (
        "analytics.clicks_by_day may not be built anew as a whole: its file or `defaults.yaml` says "
        "`full_refresh: false`. Nothing was done."
    )
    assert days(admin) == [18]
    run(project, 19, "append", {"full_refresh": True}, full_refresh=True)
    assert days(admin) == [*range(10, 20)]
