"""Every statement as it is sent, for both warehouses. Redshift's are parsed, never run."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlglot

from summary_tables.model.build import BuildRun
from summary_tables.model.column import Column
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.table import Attributes, Index, Limits, SummaryTable
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.postgres.statements.session import milliseconds
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.retyping import RetypingStatements
from summary_tables.sql.statements.rights import Right
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

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
        *sql.session.settings(),
        sql.session.own_settings(),
        sql.session.PERSONS_NAMES,
        sql.session.now(),
        *sql.session.known_zones(("Asia/Seoul", "o'zone")),
        sql.session.BEGIN_READ_ONLY,
        sql.queries.declare_cursor(_QUERY),
        sql.queries.describe(_QUERY),
        sql.queries.name_types(("numeric(10,2)", "timestamptz")),
        f"SELECT {sql.queries.full_type(1700, 655366)}",
        *sql.session.reset_session(),
    ]


def limits(sql: Statements) -> list[str]:
    of_the_step = Limits(timeout_minutes=120)
    of_the_query = Limits(timeout_minutes=120, statement_timeout_minutes=0.5, work_mem_mb=256)
    return [
        *sql.session.limits(of_the_step, 0, looks_after_clients=False),
        *sql.session.limits(of_the_step, milliseconds(10), looks_after_clients=True),
        *sql.session.limits(of_the_query, milliseconds(10), looks_after_clients=True),
        sql.versions.count_rows(_VERSION),
    ]


def log(sql: Statements) -> list[str]:
    return [
        *sql.locks.lock_setup(),
        sql.versions.create_versions_schema(),
        *sql.logs.create_log(BUILD_LOG),
        sql.builds.log_build(_TABLE, _RUN, _VERSION, _AT, 12, ("day", "größe")),
        sql.builds.find_build(*_NAME, _VERSION),
        sql.builds.standing_builds(*_NAME),
        sql.builds.next_moment(*_NAME),
        sql.builds.mark_published(*_NAME, _VERSION),
    ]


def create(sql: Statements) -> list[str]:
    layout = _POSTGRES_LAYOUT if sql.indexes else _REDSHIFT_LAYOUT
    return [
        sql.session.BEGIN,
        sql.versions.create_version(_VERSION, Attributes(), _QUERY),
        sql.versions.create_version(_VERSION, layout, _QUERY),
        *sql.versions.create_index(_VERSION, Index(columns=("day", "n"), unique=True)),
        *sql.versions.create_index(_VERSION, Index(columns=("n",), method="brin")),
        sql.versions.analyze(_VERSION),
    ]


def publish(sql: Statements) -> list[str]:
    return [
        *sql.locks.old_snapshots(_VERSION),
        *sql.locks.limit_lock_waits(),
        sql.locks.lock_table(*_NAME),
        *sql.views.view_settings(*_NAME),
        sql.catalog.columns(*_NAME),
        sql.views.create_view(*_NAME, _VERSION, ("day", "n")),
        sql.views.create_view(*_NAME, _VERSION, ("day", "n"), ("security_barrier=on", "check_option=local")),
        sql.rights.grant_select(*_NAME, "analysts"),
        sql.rights.grant_select(*_NAME, "PUBLIC"),
        sql.rights.grant_select(*_NAME, "group analysts"),
        sql.rights.grant_version(_VERSION, "owner"),
        *sql.rights.version_readers(_VERSION),
        sql.views.comment_on_view(*_NAME, "It's \\ daily."),
        *sql.views.comment_on_columns(*_NAME, {"day": "It's \\ UTC.", 'say "n"': "Rows; all of them."}).split(";\n"),
        *sql.locks.lock_holders(*_NAME),
        sql.versions.drop_version(_VERSION),
    ]


def widen(sql: Statements) -> list[str]:
    wider = (Column(name="n", type="bigint"), Column(name="kind", type="text"))
    on_a_column = Right(column="day", privilege="SELECT", role="analyst", may_grant=True)
    return [
        *sql.views.reading_views(*_NAME, "builder"),
        *sql.views.other_dependents(*_NAME),
        *sql.views.lock_view(*_NAME, "owner"),
        sql.rights.rights(*_NAME),
        sql.views.drop_view(*_NAME),
        *(retype(sql.retyping, wider) if sql.retyping else ()),
        sql.views.create_view(*_NAME, _VERSION, ("day", "n"), types={"n": "bigint"}),
        sql.views.own_view(*_NAME, "owner"),
        sql.rights.revoke_right(*_NAME, Right(column="", privilege="SELECT", role="public", may_grant=False)),
        *((sql.rights.grant_right(*_NAME, on_a_column),) if sql.retyping else ()),
        sql.rights.grant_right(*_NAME, Right(column="", privilege="SELECT", role="group analysts", may_grant=False)),
    ]


def retype(sql: RetypingStatements, wider: tuple[Column, ...]) -> list[str]:
    return [
        sql.retype_columns(_VERSION, wider),
        *sql.create_copy_of_version(_VERSION, _POSTGRES_LAYOUT, wider),
        sql.rename_copy_of_version(_VERSION),
    ]


def look_up(sql: Statements) -> list[str]:
    return [
        sql.catalog.schema_rights("analytics"),
        sql.catalog.relation(*_NAME),
        sql.catalog.relations_read(*_NAME),
        sql.catalog.reads_versions("owner", "summary_tables"),
        sql.catalog.may_read("summary_tables", "build_log"),
    ]


def known_sources(sql: Statements) -> list[str]:
    tables = (("raw_data", "nps"), ("Raw Data", "it's"))
    return [
        sql.inventory.standing_tables(tables),
        sql.inventory.typed_columns(tables),
        sql.inventory.made_types(tables),
        sql.inventory.standing_tables(()),
    ]


def careful_create(sql: Statements) -> list[str]:
    filling, copying = sql.filling, sql.copying
    assert filling
    assert copying
    return [
        filling.create_source(_VERSION, _QUERY),
        filling.source_columns(_VERSION),
        filling.prepare_filling(_VERSION),
        filling.prepared_filling(),
        filling.plan_filling(),
        filling.keep_plan(),
        filling.create_version_by_plan(_VERSION, _POSTGRES_LAYOUT),
        filling.drop_source(_VERSION),
        copying.true_types(_QUERY, ("day", "n")),
        copying.full_types(((25, -1), (20, -1))),
        copying.collations(_QUERY, ("day", "n"), ("day",)),
        copying.collation_names((100,)),
        copying.create_copy((("day", "text", 'pg_catalog."C"'), ("n", "bigint", None))),
        copying.fill_copy(_QUERY),
        copying.copied_query(),
    ]


def foreign_functions(sql: Statements) -> list[str]:
    filling = sql.filling
    assert filling
    return [filling.runs_when_read(), filling.reached(_VERSION), filling.untrusted_types((23, 25))]


def migrate(sql: Statements) -> list[str]:
    migration = sql.migration
    assert migration
    return [
        migration.obstacles(*_NAME, "summary_tables"),
        migration.dependent_views(*_NAME),
        *sql.views.lock_view("marts", "look", "builder"),
        migration.lock_plain_table(*_NAME),
        sql.views.view_definition("marts", "look"),
        migration.grants(*_NAME),
        sql.catalog.comments(*_NAME),
        *migration.move_table(*_NAME, "summary_tables", _VERSION),
        sql.builds.log_migration(_TABLE, _VERSION, _AT, ("day", "n")),
        migration.grant(*_NAME, "", "SELECT", "", may_grant=False),
        migration.grant(*_NAME, "day", "UPDATE", "analysts", may_grant=True),
        sql.views.comment(*_NAME, "", "It's daily."),
        sql.views.comment(*_NAME, "day", "a\\b"),
        sql.views.replace_view("marts", "look", "SELECT day FROM analytics.nps_summary;", ("security_barrier=true",)),
    ]


def load(sql: Statements) -> list[str]:
    """Rows of cells. Of PostgreSQL's COPY the golden file has the lines, too."""
    layout = _REDSHIFT_LAYOUT if sql.loading.counts_bytes else _POSTGRES_LAYOUT
    rows = [("2026-11-21", "it's \\ a\ttab\nand 'more'", None), ("2026-11-22", "\u97d3 \U0001f600", "1.5")]
    relation, names = sql.loading.version(_VERSION), ("day", "note", "n")
    columns = [("day", "date"), ("note", "character varying(256)"), ("n", "numeric(12,2)")]
    copy = sql.loading.copy(relation, names)
    return [
        sql.loading.create_empty(_VERSION, layout, columns),
        sql.loading.insert(relation, names, rows),
        *([copy + "\n" + "".join(map(sql.loading.copied, rows))] if copy else []),
    ]


Chapter = Callable[[Statements], list[str]]
BOTH: tuple[Chapter, ...] = (session, limits, log, create, publish, widen, look_up, known_sources, load)


@pytest.mark.parametrize("chapter", [*BOTH, careful_create, foreign_functions, migrate])
def test_postgres(chapter: Chapter) -> None:
    assert_golden_statements(f"postgres_{chapter.__name__}", chapter(postgres.statements("summary_tables")))


@pytest.mark.parametrize("chapter", BOTH)
def test_redshift(chapter: Chapter) -> None:
    statements = chapter(redshift.statements("summary_tables"))
    assert_golden_statements(f"redshift_{chapter.__name__}", statements)
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
    statements = [statement for chapter in BOTH for statement in chapter(redshift.statements("summary_tables"))]
    assert [(word, sql) for word in unknown for sql in statements if word in sql] == []
