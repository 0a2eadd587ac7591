"""Who may read a table: its file says so, others say so, and what the file says no more is withdrawn, nothing else."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summary_tables.commands.preview.result import Publishing
from summary_tables.configs.config import Config
from summary_tables.model.logs import DECLARED
from summary_tables.model.settings import Settings
from summary_tables.model.table import Grants, Refresh, SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    BUILDER,
    QUERY,
    READER,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    show,
    table_with,
)
from tests.warehouse.postgres.dry_runs import said, write
from tests.warehouse.postgres.increments import day_run, run_day
from tests.warehouse.postgres.previews import preview

LONG = "집계" * 12
"""72 bytes: the server keeps 63."""
ROLES = (READER, "Ops Team", 'quo"te', "분석가", LONG)
SPELT = (*ROLES, "public", BUILDER)


@pytest.fixture
def roles(database: Database) -> Iterator[Database]:
    """With roles whose names need quotes; they belong to the server, and go at the end."""
    quoted = [quote(role) for role in ROLES[1:]]
    database.admin("; ".join(f"CREATE ROLE {role}" for role in quoted))
    yield database
    database.admin("; ".join(f"DROP OWNED BY {role}; DROP ROLE {role}" for role in quoted))


def quote(role: str) -> str:
    return "PUBLIC" if role == "public" else '"' + role.replace('"', '""') + '"'


def given(*select: str, **changes: object) -> SummaryTable:
    return table_with(grants=Grants(select=select), **changes)


def may_read(database: Database, role: str, relation: str = "analytics.daily") -> bool:
    name = role.encode()[:63].decode(errors="ignore").replace("'", "''")
    return bool(database.value(f"SELECT has_table_privilege('{name}', '{relation}', 'SELECT')"))


def readers(database: Database, relations: str = "oid = 'analytics.daily'::regclass") -> set[str]:
    """Who may read one of the relations."""
    names = ", ".join("('" + role.replace("'", "''") + "')" for role in SPELT)
    rows = database.admin(
        f"SELECT DISTINCT role FROM (VALUES {names}) AS spelt (role), pg_class WHERE {relations} "
        "AND has_table_privilege(role::name, pg_class.oid, 'SELECT')"
    )
    return {role for (role,) in rows}


@dataclass(slots=True)
class Rights:
    """Who may read, told from what happened. `by_hand`: somebody gave it while the file did not."""

    exists: bool = False
    by_file: frozenset[str] = frozenset()
    by_hand: set[str] = field(default_factory=set)

    def published(self, grants: frozenset[str]) -> None:
        self.exists = True
        self.by_file = grants - self.by_hand

    def granted(self, role: str) -> None:
        self.by_hand |= {role} - self.by_file

    def revoked(self, role: str) -> None:
        self.by_hand -= {role}

    def dropped(self) -> None:
        self.exists, self.by_file, self.by_hand = False, frozenset(), set()

    @property
    def readers(self) -> set[str]:
        named = {*self.by_file, *self.by_hand}
        return set(SPELT) if "public" in named else {BUILDER, *named}


@pytest.mark.parametrize("refresh", [Refresh(), Refresh(strategy="append")], ids=["replace", "append"])
def test_any_sequence_of_files_and_people(roles: Database, refresh: Refresh) -> None:
    dice = random.Random(7)
    rights = Rights()
    for day in range(1, 21):
        role = dice.choice(SPELT[:-1])
        match dice.choice(["grant", "revoke", "drop", "reads as reader"] if rights.exists and day > 2 else [""]):
            case "grant":
                roles.admin(f"GRANT SELECT ON analytics.daily TO {quote(role)}")
                rights.granted(role)
            case "revoke":
                roles.admin(f"REVOKE SELECT ON analytics.daily FROM {quote(role)}")
                rights.revoked(role)
            case "drop" if dice.random() < 0.3:
                roles.admin("DROP VIEW analytics.daily")
                rights.dropped()
            case "reads as reader":
                roles.admin(f"ALTER VIEW analytics.daily SET (security_invoker = {dice.choice(['on', 'off'])})")
        grants = frozenset(dice.sample(SPELT, dice.randrange(4)))
        run_day(roles, given(*sorted(grants), refresh=refresh), day_run(day), "SELECT 1 AS n")
        rights.published(grants)
        assert (day, readers(roles)) == (day, rights.readers)
        assert (day, readers_of_versions(roles) - rights.readers) == (day, set())


def readers_of_versions(database: Database) -> set[str]:
    """Where the view reads with its readers' rights: who may read a version."""
    if not database.value("SELECT 'security_invoker=on' = ANY (reloptions) FROM pg_class WHERE relname = 'daily'"):
        return set()
    return readers(database, "relnamespace = 'summary_tables'::regnamespace AND relkind = 'r'")


def test_a_role_that_the_file_does_not_name_any_more(database: Database) -> None:
    build_and_show(database, table=given(READER, "other"))
    build_and_show(database, table=given("other"), number=2)
    with database.connect(READER) as line, pytest.raises(Exception, match="permission denied for view daily"):
        line.execute("SELECT count(*) FROM analytics.daily")
    assert database.grants_to_others("daily") == ["other=r/builder"]


def test_a_right_that_stood_before_stays(database: Database) -> None:
    database.admin("ALTER DEFAULT PRIVILEGES FOR ROLE builder IN SCHEMA analytics GRANT SELECT ON TABLES TO other")
    build_and_show(database, table=given())
    database.admin("GRANT SELECT ON analytics.daily TO reader")
    build_and_show(database, table=given(READER, "other"), number=2)
    build_and_show(database, table=given(), number=3)
    assert database.grants_to_others("daily") == ["other=r/builder", "reader=r/builder"]


def test_rights_on_columns_stay(database: Database) -> None:
    build_and_show(database, table=given(READER))
    database.admin("GRANT SELECT (day) ON analytics.daily TO reader")
    build_and_show(database, table=given(), number=2)
    assert not may_read(database, READER)
    assert database.value("SELECT has_column_privilege('reader', 'analytics.daily', 'day', 'SELECT')")
    assert not database.value("SELECT has_column_privilege('reader', 'analytics.daily', 'n', 'SELECT')")


def test_a_role_that_may_pass_its_right_on(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    build_and_show(database, table=given(READER))
    database.admin("GRANT SELECT ON analytics.daily TO reader WITH GRANT OPTION")
    with database.connect(READER) as line:
        line.execute("GRANT SELECT ON analytics.daily TO other")
    build_and_show(database, table=given(), number=2)
    assert database.grants_to_others("daily") == ["reader=r*/builder", "other=r/reader"]
    (said,) = [record.getMessage() for record in caplog.records]
    assert said == (
        "reader may read analytics.daily and pass that right on, which the file never gave, so the right stays. "
        'To take it away: REVOKE SELECT ON "analytics"."daily" FROM "reader" CASCADE;'
    )
    database.admin(said.rpartition(": ")[2])
    assert database.grants_to_others("daily") == []


def test_a_role_that_was_renamed_or_dropped(database: Database) -> None:
    database.admin("CREATE ROLE old_name; CREATE ROLE gone")
    build_and_show(database, table=given("old_name", "gone"))
    database.admin("ALTER ROLE old_name RENAME TO new_name; DROP OWNED BY gone; DROP ROLE gone; CREATE ROLE gone")
    build_and_show(database, table=given(), number=2)
    assert database.grants_to_others("daily") == []
    database.admin("DROP ROLE new_name; DROP ROLE gone")


def test_the_owner_and_a_member_of_a_role_that_reads(database: Database) -> None:
    database.admin("CREATE ROLE team; GRANT team TO reader")
    build_and_show(database, table=given(BUILDER, READER, "team"))
    build_and_show(database, table=given("team"), number=2)
    assert (may_read(database, BUILDER), may_read(database, READER)) == (True, True)
    build_and_show(database, table=given(), number=3)
    assert (may_read(database, BUILDER), may_read(database, READER)) == (True, False)
    database.admin("DROP ROLE team")


def test_a_table_of_an_earlier_release(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """What the file names is the file's; of others nobody knows who gave it."""
    build_and_show(database, table=given(READER, "other"))
    database.admin(f"DROP TABLE summary_tables.{DECLARED.name}")
    build_and_show(database, table=given(READER), number=2)
    (said,) = [record.getMessage() for record in caplog.records]
    assert said == (
        "other may read analytics.daily, and the file does not name the role. Whether an earlier file or a person gave "
        'that right is not known, so it stays. To take it away: REVOKE SELECT ON "analytics"."daily" FROM "other";'
    )
    build_and_show(database, table=given(), number=3)
    assert database.grants_to_others("daily") == ["other=r/builder"]
    database.admin(said.rpartition(": ")[2])
    assert database.grants_to_others("daily") == []


def test_a_roll_back_keeps_the_rights_of_the_file_that_was_published_last(database: Database) -> None:
    first = build_and_show(database, table=given(READER, description="First."))
    build_and_show(database, table=given("other", description="Second."), number=2)
    with database.connect() as line:
        roll_back(line, given(READER, description="First."), WAREHOUSE, first.version)
    assert database.grants_to_others("daily") == ["other=r/builder"]
    assert database.value("SELECT obj_description('analytics.daily'::regclass)") == "Second."


def test_what_was_a_plain_table_is_read_by_nobody_whose_right_was_withdrawn(database: Database) -> None:
    database.admin(
        "CREATE TABLE analytics.daily AS SELECT 1 AS n; ALTER TABLE analytics.daily OWNER TO builder;"
        "GRANT SELECT ON analytics.daily TO reader, other; GRANT SELECT (n) ON analytics.daily TO reader"
    )
    build_and_show(database, "SELECT 2 AS n", given())
    (moved,) = (name for name in database.versions() if may_read(database, READER, f'summary_tables."{name}"'))
    database.admin("REVOKE SELECT ON analytics.daily FROM reader")
    build_and_show(database, "SELECT 3 AS n", given(), number=2)
    assert not may_read(database, READER, f'summary_tables."{moved}"')
    assert may_read(database, "other", f'summary_tables."{moved}"')
    assert not database.value(f"SELECT has_any_column_privilege('reader', 'summary_tables.\"{moved}\"', 'SELECT')")


@pytest.mark.parametrize("strategy", ["replace", "append"])
def test_versions_of_a_view_that_reads_with_its_readers_rights(database: Database, strategy: str) -> None:
    table = given(READER, "other", refresh=Refresh(strategy=strategy))
    run_day(database, table, day_run(1), "SELECT 1 AS n")
    database.admin(
        "ALTER VIEW analytics.daily SET (security_invoker = on); GRANT USAGE ON SCHEMA summary_tables TO reader, other"
    )
    run_day(database, table, day_run(2), "SELECT 1 AS n")
    with database.connect(READER) as line:
        assert line.execute("SELECT min(n) FROM analytics.daily").fetchone() == (1,)
    run_day(database, replace(table, grants=Grants(select=("other",))), day_run(3), "SELECT 1 AS n")
    assert [name for name in database.versions() if may_read(database, READER, f'summary_tables."{name}"')] == []
    with database.connect("other") as line:
        assert line.execute("SELECT min(n) FROM analytics.daily").fetchone() == (1,)


def test_nothing_is_withdrawn_while_a_publish_fails(database: Database) -> None:
    build_and_show(database, table=given(READER))
    version = create(database, "SELECT 'x' AS day, 1 AS other", given(), number=2)
    with pytest.raises(Exception, match="does not fit the columns"):
        show(database, version, given())
    assert may_read(database, READER)


def test_a_role_that_does_not_exist_is_told_before_anything_is_built(database: Database) -> None:
    words = '`grants` names the role "Reader", which the warehouse does not have. There is "reader".'
    table = given("Reader", main_sql=QUERY)
    with pytest.raises(WarehouseError) as caught:
        create(database, table=table)
    assert (str(caught.value), database.versions()) == (words, set())
    config = Config(table=replace(table, main_sql=QUERY), settings=Settings(), path=Path("daily.yaml"))
    day = datetime(2026, 11, 21, tzinfo=UTC)
    with database.connect() as line:
        database.admin(f"GRANT TEMPORARY ON DATABASE {database.name} TO builder")
        shown = preview(line, config, RunDates(logical_date=day, start=day, end=day, due=day), 3)
    assert shown.publishing == Publishing(words=words, refused=True)
    build_and_show(database, table=given("reader"))


def test_lint_names_roles_that_do_not_exist(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    write(folder, QUERY, rest="grants:\n  select: [reader, Reader, nobody_of_that_name]\n")
    assert said(database, folder) == [
        "6:20: error[warehouse-role] the warehouse has no role `Reader`; fix: write `reader`",
        "6:28: error[warehouse-role] the warehouse has no role `nobody_of_that_name`; "
        'fix: an administrator runs: CREATE ROLE "nobody_of_that_name";',
    ]
