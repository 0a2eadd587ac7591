"""What the watch asks of all tables at once, and keeps of their files."""

from dataclasses import replace
from datetime import UTC, datetime

from summary_tables.model.build import Build
from summary_tables.model.watched_file import WatchedFile
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.redshift.statements.watch import RedshiftWatch
from summary_tables.warehouse.history.table_histories import latest
from summary_tables.warehouse.logs.watched_files import keep_files, last_publications, watched_files
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show, create
from tests.warehouse.postgres.made_logs import fill

_AT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
_FILE = WatchedFile(
    file="nps.yaml", digest="1", known_at=_AT, schema="a", table="nps", document='{"owner": "it\'s 채널 😀"}'
)
_BROKEN = WatchedFile(file="new\\.yaml", digest="2", known_at=_AT, problems="[]")


def _as_latest(build: Build) -> tuple[object, ...]:
    return (build.run_id, build.run_at, build.started_at, build.published_at, build.strategy, build.rows)


def test_the_last_publication_of_each_table_is_that_of_the_catalogue(database: Database) -> None:
    fill(database)
    build_and_show(database)
    create(database, number=2)
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        expected = {name: found.newest for name, found in latest(session).items() if found.newest}
        found = last_publications(session)
        by_redshift = session.rows(RedshiftWatch(VersionsSchema("summary_tables")).last_publications())
    assert {name: _as_latest(build) for name, build in found.items()} == {
        name: _as_latest(build) for name, build in expected.items()
    }
    assert {f"{row[0]}.{row[1]}": row[2] for row in by_redshift} == {
        name: build.run_id for name, build in expected.items()
    }
    assert TABLE.full_name in found


def test_an_empty_warehouse_knows_nothing(database: Database) -> None:
    database.admin("DROP SCHEMA summary_tables")
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        assert (last_publications(session), watched_files(session)) == ({}, {})


def test_files_are_kept_as_they_were_found_last(database: Database) -> None:
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        keep_files(session, (), ())
        assert watched_files(session) == {}
        keep_files(session, (_FILE, _BROKEN), ("other.yaml",))
        assert watched_files(session) == {"nps.yaml": _FILE, "new\\.yaml": _BROKEN}
        mended = replace(_BROKEN, problems="", schema="a", table="new")
        keep_files(session, (mended,), ("nps.yaml",))
        assert watched_files(session) == {"new\\.yaml": mended}
