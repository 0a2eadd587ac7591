"""Three published versions are kept; others go, but nothing that anybody uses."""

import pytest

from summary_tables.model.build import Build
from tests.warehouse.postgres.database import READER, ROWS, Database, build_and_show, create, show, table_with


def test_the_last_three_published_are_kept(database: Database) -> None:
    builds = [build_and_show(database, number=number) for number in range(1, 6)]
    assert database.versions() == {build.version for build in builds[2:]}
    assert database.value("SELECT count(*) FROM summary_tables.build_log") == 5


def test_unpublished_ones_stay_until_a_later_build_is_published(database: Database) -> None:
    failed = create(database, number=1)
    also_failed = create(database, number=2)
    assert database.versions() == {failed.version, also_failed.version}
    live = create(database, number=3)
    newer = create(database, number=4)
    show(database, live)
    assert database.versions() == {live.version, newer.version}


def test_other_tables_are_not_touched(database: Database) -> None:
    database.admin("CREATE SCHEMA marts AUTHORIZATION builder")
    others = [create(database, table=table_with(table="other")), create(database, table=table_with(schema="marts"))]
    live = build_and_show(database, number=2)
    assert database.versions() == {live.version, *(build.version for build in others)}


@pytest.fixture
def three(database: Database) -> list[Build]:
    return [build_and_show(database, number=number) for number in (1, 2, 3)]


def test_a_version_that_a_view_reads_stays_until_that_is_gone(database: Database, three: list[Build]) -> None:
    database.admin(f'CREATE VIEW analytics.look AS SELECT * FROM summary_tables."{three[0].version}"')
    build_and_show(database, number=4)
    build_and_show(database, number=5)
    assert three[0].version in database.versions()
    assert three[1].version not in database.versions()
    assert database.value("SELECT count(*) FROM analytics.look") == ROWS

    database.admin("DROP VIEW analytics.look")
    build_and_show(database, number=6)
    assert len(database.versions()) == 3


def test_a_version_that_is_being_read_stays_until_that_ends(database: Database, three: list[Build]) -> None:
    with database.server.connect(database.name) as reader:
        reader.execute("BEGIN")
        reader.execute(f'SELECT * FROM summary_tables."{three[0].version}"'.encode())
        build_and_show(database, number=4)
        assert three[0].version in database.versions()
    build_and_show(database, number=5)
    assert len(database.versions()) == 3


def test_a_version_of_another_owner_is_no_error(database: Database, three: list[Build]) -> None:
    database.admin(f'ALTER TABLE summary_tables."{three[0].version}" OWNER TO other')
    build_and_show(database, number=4)
    assert three[0].version in database.versions()


def test_what_is_live_stays_even_if_it_is_old(database: Database, three: list[Build]) -> None:
    fourth = build_and_show(database, number=4)
    database.admin(f'CREATE OR REPLACE VIEW analytics.daily AS SELECT day, n FROM summary_tables."{three[1].version}"')
    waiting = create(database, number=5)
    show(database, three[1])
    assert database.versions() == {three[1].version, three[2].version, fourth.version, waiting.version}
    with database.connect(READER) as reader:
        assert reader.execute("SELECT count(*) FROM analytics.daily").fetchone() == (ROWS,)
