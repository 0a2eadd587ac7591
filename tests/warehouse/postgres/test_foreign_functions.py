"""Functions of others that a query reaches never write with the rights of the build role."""

from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any, ClassVar, Self

import psycopg
import pytest
import yaml

from summary_tables.runs.scratch.scratch_session import scratch_session
from summary_tables.runs.scratch.scratch_table import fill
from summary_tables.sql.dialects.postgres.reached import RUNS_WHEN_READ
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from summary_tables.warehouse.sources.query import QuerySource
from tests.warehouse.postgres.database import BUILDER, OTHER, TABLE, WAREHOUSE, Database, create, run
from tests.warehouse.postgres.in_session import create_version, read_value

_HERE = Path(__file__).parent
_QUERIES: dict[str, list[Any]] = yaml.safe_load((_HERE / "foreign_functions.yaml").read_text())
# What a type can be inside of.
_WRAPPERS = {
    "array": "SELECT 1",
    "composite": "CREATE TYPE {name} AS (x {kind})",
    "domain": "CREATE DOMAIN {name} AS {kind}",
    "range": "CREATE TYPE {name} AS RANGE (subtype = {kind})",
}
_SET_UP = f"""
CREATE SCHEMA sandbox AUTHORIZATION {OTHER};
GRANT USAGE ON SCHEMA sandbox TO {BUILDER};
CREATE TABLE analytics.mine (who text);
CREATE SEQUENCE analytics.times;
ALTER TABLE analytics.mine OWNER TO {BUILDER};
ALTER SEQUENCE analytics.times OWNER TO {BUILDER};
"""
_OWN_TYPES = f"""
SET ROLE {BUILDER};
CREATE DOMAIN analytics.amount AS numeric(10, 2) CHECK (VALUE >= 0);
CREATE TYPE analytics.mood AS ENUM ('well', 'ill');
CREATE TABLE analytics.own AS SELECT 1::analytics.amount AS amount, 'well'::analytics.mood AS mood;
RESET ROLE;
CREATE TABLE sandbox.events (a int) PARTITION BY RANGE (a);
CREATE TABLE sandbox.events_1 PARTITION OF sandbox.events FOR VALUES FROM (0) TO (10);
CREATE TYPE sandbox.of_the_server AS RANGE (subtype = float8, subtype_diff = float8mi);
GRANT SELECT ON ALL TABLES IN SCHEMA sandbox TO {BUILDER};
"""


@pytest.fixture
def sandbox(any_database: Database) -> Database:
    any_database.admin(_SET_UP + (_HERE / "foreign_functions.sql").read_text())
    return any_database


@pytest.fixture
def domains(sandbox: Database) -> Database:
    sandbox.admin((_HERE / "foreign_domains.sql").read_text())
    return sandbox


def is_new(database: Database) -> bool:
    return int(database.value("SHOW server_version_num")) >= 160000


def wrote(database: Database) -> list[str]:
    """Who wrote, and whether anything that was rolled back did: a sequence forgets nothing."""
    rows = [who for (who,) in database.admin("SELECT who FROM analytics.mine")]
    return [*rows, *(["and was rolled back"] if database.value("SELECT is_called FROM analytics.times") else [])]


class Watching(psycopg.Cursor[Any]):
    """Notes what reaches the server."""

    seen: ClassVar[list[str]] = []

    def before(self, statement: str) -> None:
        """For those who do something at this moment."""

    def execute(self, query: Any, *args: Any, **options: Any) -> Self:
        self.before(str(query))
        self.seen.append(str(query))
        super().execute(query, *args, **options)
        return self


def filled_by(database: Database, query: str, cursor: type[Watching] = Watching) -> str:
    """How the version was filled: `plan` or `copy`."""
    cursor.seen.clear()
    with database.connect(cursor_factory=cursor) as connection:
        create_version(connection, TABLE, WAREHOUSE, run(), query)
    return "copy" if any("INSERT INTO pg_temp" in statement for statement in cursor.seen) else "plan"


def preview(database: Database, query: str) -> None:
    with (
        database.connect() as connection,
        open_session(connection, WAREHOUSE) as session,
        scratch_session(session) as scratch,
    ):
        fill(scratch, TABLE, run(), QuerySource(query), samples=True)


def test_what_a_query_calls_cannot_write(sandbox: Database) -> None:
    for query in [*_QUERIES["build"], *_QUERIES["planned"]]:
        create(sandbox, query)
        preview(sandbox, query)
        with sandbox.connect() as connection:
            read_value(connection, f"SELECT count(*) FROM ({query}) AS x")
        assert (query, wrote(sandbox)) == (query, [])


def test_nor_can_checks_of_domains(domains: Database) -> None:
    for query in [*_QUERIES["domains"], *_QUERIES["newer" if is_new(domains) else "older"]]:
        create(domains, query)
        assert (query, wrote(domains)) == (query, [])


def test_columns_of_types_of_others_are_refused_and_what_is_said_instead_builds(domains: Database) -> None:
    for case in _QUERIES["refuse"]:
        kind, inner, plain = case["type"]
        with pytest.raises(WarehouseError) as caught:
            create(domains, case["sql"])
        what = f"{kind}, made of {inner}" if inner else kind
        assert (case["sql"], str(caught.value)) == (
            case["sql"],
            f'The column "a" has the type {what}, which belongs to the role other. In a table it could run functions '
            f'of other with the rights of builder; write (...)::{plain} AS "a".',
        )
        written = case["sql"].removeprefix("SELECT ").replace(" AS a", "", 1)
        value, _, rest = written.partition(" FROM ")
        build = create(domains, f'SELECT ({value})::{plain} AS "a"' + (f" FROM {rest}" if rest else ""))
        types = "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attname = 'a' AND attrelid = "
        assert domains.value(f"{types}'summary_tables.\"{build.version}\"'::regclass") == plain
        with pytest.raises(WarehouseError, match="belongs to the role other"):
            preview(domains, case["sql"])
        assert (case["sql"], wrote(domains)) == (case["sql"], [])


def test_a_domain_is_found_however_deep_it_is(domains: Database) -> None:
    kinds = [_wrapped(domains, f"w{number}", *pair) for number, pair in enumerate(product(_WRAPPERS, repeat=2))]
    for kind in kinds:
        with pytest.raises(WarehouseError, match="belongs to the role other"):
            create(domains, f"SELECT NULL::{kind} AS a")
    # Without any check in the database a query is looked at; with one, no query is.
    domains.admin("DROP FUNCTION sandbox.ok(text) CASCADE; DROP FUNCTION sandbox.ok(int) CASCADE")
    for kind in kinds:
        read = f"SELECT count(*) AS a FROM jsonb_to_recordset('[{{\"a\": null}}]') AS x(a {kind})"
        assert (kind, filled_by(domains, read)) == (kind, "copy")
    assert wrote(domains) == []


def _wrapped(database: Database, name: str, *wrappers: str) -> str:
    """A type of somebody with `sandbox.domi` inside."""
    kind = "sandbox.domi"
    for wrapper in wrappers:
        name += wrapper[0]
        database.admin(f"SET ROLE {OTHER}; {_WRAPPERS[wrapper].format(kind=kind, name=f'sandbox.{name}')}")
        kind = f"{kind}[]" if wrapper == "array" else f"sandbox.{name}"
    return kind


def test_what_only_computes_is_built_in_one_go(sandbox: Database) -> None:
    sandbox.admin(_OWN_TYPES)
    for query in [*_QUERIES["by_plan"], *_QUERIES["planned"]]:
        assert (query, filled_by(sandbox, query)) == (query, "plan")
    for query in _QUERIES["build"]:
        assert (query, filled_by(sandbox, query)) == (query, "copy")


def test_own_types_may_be_columns(sandbox: Database) -> None:
    sandbox.admin(_OWN_TYPES)
    build = create(
        sandbox, "SELECT amount, mood, sandbox.of_the_server(1, 2) AS r, ARRAY[amount] AS s FROM analytics.own"
    )
    assert build.rows == 1


def test_a_version_has_the_types_and_collations_of_its_query(sandbox: Database) -> None:
    sandbox.admin(_OWN_TYPES)
    columns = (
        "amount, mood, ARRAY[amount] AS amounts, 'x'::varchar(5) COLLATE \"C\" AS v, 'y' AS t, now() AS at, "
        "1.5::numeric(7, 3) AS n, 'z'::char(3) AS c, INTERVAL '1 day'::interval(2) AS i, 'a'::name AS \"na me\", "
        "B'101' AS b"
    )
    versions = [
        create(sandbox, f"SELECT {columns} FROM analytics.own{rest}").version
        for rest in ("", " WHERE sandbox.w() = 0; -- all")
    ]
    with sandbox.connect() as connection:
        connection.execute(f"CREATE TABLE summary_tables.expected AS SELECT {columns} FROM analytics.own".encode())
    expected, *kinds = (
        sandbox.admin(
            "SELECT attname::text, format_type(atttypid, atttypmod), attcollation::regcollation::text\n"
            f"FROM pg_attribute WHERE attrelid = 'summary_tables.\"{name}\"'::regclass AND attnum > 0 ORDER BY attnum"
        )
        for name in ("expected", *versions)
    )
    assert kinds == [expected, expected]


_FLIPS = (
    (
        "CREATE OR REPLACE VIEW sandbox.flip AS SELECT a + 0 * sandbox.w() AS a FROM sandbox.plain",
        "CREATE OR REPLACE VIEW sandbox.flip AS SELECT a FROM sandbox.plain",
    ),
    (
        "CREATE STATISTICS sandbox.of_plain ON (a + sandbox.imm(1)) FROM sandbox.plain",
        "DROP STATISTICS sandbox.of_plain",
    ),
    ("CREATE TABLE sandbox.child (CHECK (sandbox.imm(1) > 0)) INHERITS (sandbox.plain)", "DROP TABLE sandbox.child"),
    ("CREATE INDEX i ON sandbox.plain ((a + sandbox.imm(1)))", "DROP INDEX sandbox.i"),
)


@pytest.mark.parametrize("flip", _FLIPS, ids=["view", "statistics", "child", "index"])
def test_nothing_changes_between_the_look_at_a_query_and_its_use(sandbox: Database, flip: tuple[str, str]) -> None:
    """Whoever owns what is read changes it before one statement of the build: before each of them in turn.

    A view is changed back before the next one; what a plan would heed stays until the build is done.
    """
    there, back = flip
    is_view = "VIEW" in there
    query = "SELECT a FROM sandbox.flip WHERE a < 5"
    create(sandbox)  # the first one makes the log as well
    assert filled_by(sandbox, query) == "plan"
    begins = Watching.seen.index(RUNS_WHEN_READ)
    ends = next(at for at, statement in enumerate(Watching.seen) if statement.startswith("DROP VIEW"))
    ways = set()
    with sandbox.server.connect(sandbox.name) as owner:
        owner.execute(f"SET ROLE {OTHER}; SET lock_timeout = '20ms'".encode())

        def change(statement: str) -> bool:
            with suppress(psycopg.errors.LockNotAvailable):
                owner.execute(statement.encode())
                return True
            return False

        class Flipping(Watching):
            seen: ClassVar[list[str]] = []
            is_there: ClassVar[bool] = False

            def before(self, statement: str) -> None:  # noqa: ARG002 - the moment counts
                if Flipping.is_there and is_view:
                    Flipping.is_there = not change(back)
                elif len(Flipping.seen) == at:
                    Flipping.is_there = change(there)

        for at in range(begins - 2, ends + 1):
            ways.add(filled_by(sandbox, query, Flipping))
            if Flipping.is_there:
                Flipping.is_there = not change(back)
            assert (at, wrote(sandbox)) == (at, [])
    assert "plan" in ways


def test_a_plan_that_somebody_put_in_place_of_ours_is_not_run(sandbox: Database) -> None:
    class Replacing(Watching):
        seen: ClassVar[list[str]] = []

        def execute(self, query: Any, *args: Any, **options: Any) -> Self:
            super().execute(query, *args, **options)
            if str(query).startswith("EXPLAIN EXECUTE"):
                for theirs in ("DEALLOCATE", "PREPARE"):
                    rest = " AS SELECT sandbox.w() AS a" if theirs == "PREPARE" else ""
                    psycopg.Cursor(self.connection).execute(f"{theirs} summary_tables_filling{rest}".encode())
            return self

    assert filled_by(sandbox, "SELECT a FROM sandbox.plain", Replacing) == "copy"
    assert wrote(sandbox) == []
