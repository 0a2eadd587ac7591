"""Every statement as it is sent, for both warehouses. Redshift's are parsed, never run."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlglot

from summary_tables.model.build import BuildRun
from summary_tables.model.column import Column
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.table import Attributes, Index, Limits, SummaryTable
from summary_tables.sql.dialects.postgres import catalog_queries as catalog
from summary_tables.sql.dialects.postgres import migration
from summary_tables.sql.dialects.postgres.publishing import Statements, milliseconds, view_options
from summary_tables.sql.dialects.postgres.rebuild import Right
from summary_tables.sql.dialects.redshift.statements import RedshiftStatements
from tests.golden_files import assert_golden

_VERSION = "nps_summary__20261122T030405_f97565be1312"
_QUERY = "SELECT day, count(*) AS n -- it's 100%\nFROM raw_data.events GROUP BY 1;"
_AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)
_TABLE = SummaryTable(table="nps_summary", schema="analytics", main_sql=_QUERY)
_NAME = ("analytics", "nps_summary")
_RUN = BuildRun(run_id="manual\\it's", try_number=2, run_at=datetime(2026, 11, 21, 3, tzinfo=UTC))
_POSTGRES_LAYOUT = Attributes(fillfactor=90, tablespace="fast", diststyle="all", sortkey=("day",))
_REDSHIFT_LAYOUT = Attributes(
    diststyle="key", distkey="day", sortkey=("day", "n"), sortstyle="compound", fillfactor=90, tablespace="fast"
)


def session(sql: Statements) -> list[str]:
    return [
        *sql.settings(),
        sql.own_settings(),
        sql.PERSONS_NAMES,
        sql.now(),
        sql.BEGIN_READ_ONLY,
        sql.declare_cursor(_QUERY),
        sql.describe(_QUERY),
        sql.name_types(("numeric(10,2)", "timestamptz")),
        f"SELECT {sql.full_type(1700, 655366)}",
        *sql.reset_session(),
    ]


def limits(sql: Statements) -> list[str]:
    of_the_step = Limits(timeout_minutes=120)
    of_the_query = Limits(timeout_minutes=120, statement_timeout_minutes=0.5, work_mem_mb=256)
    return [
        *sql.limits(of_the_step, 0, looks_after_clients=False),
        *sql.limits(of_the_step, milliseconds(10), looks_after_clients=True),
        *sql.limits(of_the_query, milliseconds(10), looks_after_clients=True),
        sql.count_rows(_VERSION),
    ]


def log(sql: Statements) -> list[str]:
    return [
        *sql.lock_setup(),
        sql.create_versions_schema(),
        *sql.create_log(BUILD_LOG),
        sql.log_build(_TABLE, _RUN, _VERSION, _AT, 12, ("day", "größe")),
        sql.find_build(*_NAME, _VERSION),
        sql.standing_builds(*_NAME),
        sql.next_moment(*_NAME),
        sql.mark_published(*_NAME, _VERSION),
    ]


def create(sql: Statements) -> list[str]:
    layout = _REDSHIFT_LAYOUT if isinstance(sql, RedshiftStatements) else _POSTGRES_LAYOUT
    return [
        sql.BEGIN,
        sql.create_version(_VERSION, Attributes(), _QUERY),
        sql.create_version(_VERSION, layout, _QUERY),
        *sql.create_index(_VERSION, Index(columns=("day", "n"), unique=True)),
        *sql.create_index(_VERSION, Index(columns=("n",), method="brin")),
        sql.analyze(_VERSION),
    ]


def publish(sql: Statements) -> list[str]:
    return [
        *sql.old_snapshots(_VERSION),
        *sql.limit_lock_waits(),
        sql.lock_table(*_NAME),
        *sql.view_settings(*_NAME),
        sql.columns(*_NAME),
        sql.create_view(*_NAME, _VERSION, ("day", "n")),
        sql.create_view(*_NAME, _VERSION, ("day", "n"), ("security_barrier=on", "check_option=local")),
        sql.grant_select(*_NAME, "analysts"),
        sql.grant_select(*_NAME, "PUBLIC"),
        sql.grant_select(*_NAME, "group analysts"),
        sql.grant_version(_VERSION, "owner"),
        *sql.version_readers(_VERSION),
        sql.comment_on_view(*_NAME, "It's \\ daily."),
        *sql.comment_on_columns(*_NAME, {"day": "It's \\ UTC.", 'say "n"': "Rows; all of them."}).split(";\n"),
        *sql.lock_holders(*_NAME),
        sql.drop_version(_VERSION),
    ]


def widen(sql: Statements) -> list[str]:
    wider = (Column(name="n", type="bigint"), Column(name="kind", type="text"))
    on_a_column = Right(column="day", privilege="SELECT", role="analyst", may_grant=True)
    return [
        *sql.reading_views(*_NAME, "builder"),
        *sql.other_dependents(*_NAME),
        *sql.lock_view(*_NAME, "owner"),
        sql.rights(*_NAME),
        sql.drop_view(*_NAME),
        *((sql.retype_columns(_VERSION, wider),) if sql.CAN_RETYPE else ()),
        *(sql.create_copy_of_version(_VERSION, _POSTGRES_LAYOUT, wider) if sql.CAN_RETYPE else ()),
        *((sql.rename_copy_of_version(_VERSION),) if sql.CAN_RETYPE else ()),
        sql.create_view(*_NAME, _VERSION, ("day", "n"), types={"n": "bigint"}),
        sql.own_view(*_NAME, "owner"),
        sql.revoke_right(*_NAME, Right(column="", privilege="SELECT", role="public", may_grant=False)),
        *((sql.grant_right(*_NAME, on_a_column),) if sql.CAN_RETYPE else ()),
        sql.grant_right(*_NAME, Right(column="", privilege="SELECT", role="group analysts", may_grant=False)),
    ]


def look_up(sql: Statements) -> list[str]:
    return [
        catalog.schema_rights("analytics"),
        catalog.relation(*_NAME),
        catalog.relations_read(*_NAME),
        catalog.reads_versions("owner", sql.versions_schema),
        catalog.may_read(sql.versions_schema, "build_log"),
    ]


def careful_create(sql: Statements) -> list[str]:
    return [
        sql.create_source(_VERSION, _QUERY),
        sql.source_columns(_VERSION),
        sql.prepare_filling(_VERSION),
        sql.prepared_filling(),
        sql.plan_filling(),
        sql.keep_plan(),
        sql.create_version_by_plan(_VERSION, _POSTGRES_LAYOUT),
        sql.drop_source(_VERSION),
        sql.true_types(_QUERY, ("day", "n")),
        sql.full_types(((25, -1), (20, -1))),
        sql.collations(_QUERY, ("day", "n"), ("day",)),
        sql.collation_names((100,)),
        sql.create_copy((("day", "text", 'pg_catalog."C"'), ("n", "bigint", None))),
        sql.fill_copy(_QUERY),
        sql.copied_query(),
    ]


def foreign_functions(sql: Statements) -> list[str]:
    return [sql.runs_when_read(), sql.reached(_VERSION), sql.untrusted_types((23, 25))]


def migrate(sql: Statements) -> list[str]:
    return [
        migration.obstacles(*_NAME, sql.versions_schema),
        migration.dependent_views(*_NAME),
        *sql.lock_view("marts", "look", "builder"),
        migration.lock_table(*_NAME),
        migration.view_definition("marts", "look"),
        migration.grants(*_NAME),
        migration.comments(*_NAME),
        *migration.move_table(*_NAME, sql.versions_schema, _VERSION),
        sql.log_migration(_TABLE, _VERSION, _AT, ("day", "n")),
        migration.grant(*_NAME, "", "SELECT", "", may_grant=False),
        migration.grant(*_NAME, "day", "UPDATE", "analysts", may_grant=True),
        migration.comment(*_NAME, "", "It's daily."),
        migration.comment(*_NAME, "day", "a\\b"),
        migration.replace_view("marts", "look", "SELECT day FROM analytics.nps_summary;", ("security_barrier=true",)),
    ]


Chapter = Callable[[Statements], list[str]]
BOTH: tuple[Chapter, ...] = (session, limits, log, create, publish, widen, look_up)


def golden(name: str, statements: list[str]) -> None:
    assert_golden(f"statements/{name}.sql", "\n\n".join(f"{statement.rstrip()}\n;" for statement in statements) + "\n")


@pytest.mark.parametrize("chapter", [*BOTH, careful_create, foreign_functions, migrate])
def test_postgres(chapter: Chapter) -> None:
    golden(f"postgres_{chapter.__name__}", chapter(Statements("summary_tables")))


@pytest.mark.parametrize("chapter", BOTH)
def test_redshift(chapter: Chapter) -> None:
    statements = chapter(RedshiftStatements("summary_tables"))
    golden(f"redshift_{chapter.__name__}", statements)
    for statement in statements:
        # The parser knows BEGIN, but not its options.
        known = statement.replace("BEGIN READ ONLY", "BEGIN").replace("BEGIN READ WRITE", "BEGIN")
        assert sum(tree is not None for tree in sqlglot.parse(known, read="redshift")) == 1


def test_redshift_has_none_of_what_it_does_not_know() -> None:
    unknown = (
        "advisory",
        "lock_timeout",
        "work_mem",
        "client_connection",
        "INDEX",
        "reloptions",
        "attcollation",
        "aclexplode",
        "backend_xmin",
        " E'",
    )
    statements = [statement for chapter in BOTH for statement in chapter(RedshiftStatements("summary_tables"))]
    assert [(word, sql) for word in unknown for sql in statements if word in sql] == []


@pytest.mark.parametrize(("minutes", "expected"), [(120, 7_200_000), (0.5, 30_000), (0.000001, 1)])
def test_shortest_limit_is_a_limit_still(minutes: float, expected: int) -> None:
    assert milliseconds(minutes) == expected


@pytest.mark.parametrize(
    ("options", "sql"),
    [
        ((), ""),
        (("security_barrier=on",), """ WITH ("security_barrier" = 'on')"""),
        (("a=b=c", "d="), """ WITH ("a" = 'b=c', "d" = '')"""),
    ],
)
def test_view_options(options: tuple[str, ...], sql: str) -> None:
    assert view_options(options) == sql
