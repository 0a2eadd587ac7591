"""Somebody clears a check or a publish whose version has been dropped: what became of it. The whole text counts."""

from summary_tables.model.build import Build
from summary_tables.text.moments import UTC_NAME, moment_text
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show, create, show
from tests.warehouse.postgres.in_session import why_dropped
from tests.warehouse.postgres.increments import day_run, growing, run_day, with_visits


def said(database: Database, version: str) -> str:
    with database.connect() as connection:
        return why_dropped(connection, TABLE, WAREHOUSE, version)


def shown_at(build: Build) -> str:
    assert build.published_at
    return moment_text(UTC_NAME, build.published_at)


def test_increment_that_has_been_added(database: Database) -> None:
    with_visits(database)
    run_day(database, growing("append"), day_run(1))
    added = run_day(database, growing("append"), day_run(2))
    assert said(database, added.version) == (
        "The rows of this run, that of 2026-11-02 00:00 to 2026-11-03 00:00 UTC, were added to analytics.daily at "
        f"{shown_at(added)}, and what had been built of them beside the table is gone: nothing is left to be checked "
        "or published. To build, check and add them once more, clear `create` of this run in Airflow."
    )


def test_whole_builds(database: Database) -> None:
    waits = create(database)
    assert said(database, waits.version) == ""
    published, *_, last = [build_and_show(database, number=number) for number in range(1, 5)]
    assert said(database, last.version) == ""
    assert said(database, "daily__none") == ""
    assert said(database, waits.version) == (
        "What this run built of analytics.daily has been dropped without having been published: it failed or waited "
        "for too long, and newer builds followed. To build it once more, clear `create` of this run in Airflow."
    )
    assert said(database, published.version) == (
        f"This build of analytics.daily was published at {shown_at(published)} and has been dropped since, as newer "
        "ones followed: nothing is left to be checked or published. "
        "To build it once more, clear `create` of this run in Airflow."
    )


def test_publishing_the_added_increment_again_is_no_error(database: Database) -> None:
    with_visits(database)
    for day in (1, 2):
        build = run_day(database, growing("merge"), day_run(day))
    assert show(database, build, growing("merge")).applied is None
