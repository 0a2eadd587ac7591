"""What a dry run says of the table that stands in the warehouse now."""

from pathlib import Path

from tests.warehouse.postgres.database import BUILDER, OTHER, Database, build_and_show
from tests.warehouse.postgres.dry_runs import said, with_tables, write

_BUILT = "SELECT 1 AS day, 'x'::varchar(5) AS kind"


def test_same_columns_are_nothing_to_speak_of(database: Database, tmp_path: Path) -> None:
    build_and_show(database, _BUILT)
    assert _said(database, tmp_path, "SELECT 'y'::varchar(5) AS kind, 2 AS day") == []


def test_columns_that_publishing_would_refuse(database: Database, tmp_path: Path) -> None:
    build_and_show(database, _BUILT)
    assert _said(database, tmp_path, "SELECT 1::text AS day, 'x' AS sort") == [
        "3:1: warning[warehouse-live] publishing would refuse this, for the readers of `analytics.daily`: "
        "`day` would be text instead of integer, `kind` would be gone; it has `day` (integer), "
        "`kind` (varchar(5)), and the query gives `day` (text), `sort` (text); "
        "fix: give the query the missing columns again, or correct the query if a change of type was a mistake, "
        "or use a new table name"
    ]


def test_columns_that_get_wider(database: Database, tmp_path: Path) -> None:
    build_and_show(database, _BUILT)
    database.admin(f"SET ROLE {BUILDER}; CREATE VIEW analytics.v AS SELECT day FROM analytics.daily")
    wider = "SELECT 1::bigint AS day, 'x'::varchar(9) AS kind, 2 AS more"
    assert _said(database, tmp_path, wider) == [
        "3:1: info[warehouse-live] the next publishing adds to `analytics.daily`: `more` (integer)",
        "3:1: info[warehouse-live] the next publishing widens columns of `analytics.daily`: `day` from integer to "
        "bigint, `kind` from varchar(5) to varchar(9); it creates the views that read it again: `analytics.v`",
    ]
    database.admin(f"ALTER VIEW analytics.v OWNER TO {OTHER}")
    assert _said(database, tmp_path, wider)[0] == (
        "3:1: warning[warehouse-live] publishing would refuse to widen columns of `analytics.daily` (`day` from "
        "integer to bigint, `kind` from varchar(5) to varchar(9)) because of view analytics.v, which belongs to other; "
        "fix: before the run, their owners drop these in this order; after it, they create them again"
    )
    assert _said(database, tmp_path, "SELECT 1::smallint AS day, 'x'::varchar(2) AS kind") == []


def test_columns_that_are_added(database: Database, tmp_path: Path) -> None:
    build_and_show(database, _BUILT)
    assert _said(database, tmp_path, "SELECT 1 AS day, 'x'::varchar(5) AS kind, 2.5 AS share") == [
        "3:1: info[warehouse-live] the next publishing adds to `analytics.daily`: `share` (numeric)"
    ]


def test_domain_and_collation_are_no_change(database: Database, tmp_path: Path) -> None:
    database.admin("CREATE DOMAIN raw_data.email AS text")
    query = "SELECT 'a@b'::raw_data.email AS mail, 'x' COLLATE \"C\" AS name"
    build_and_show(database, query)
    assert _said(database, tmp_path, query) == []


def test_plain_table_with_narrower_columns(database: Database, tmp_path: Path) -> None:
    database.admin(f"CREATE TABLE analytics.daily (a int PRIMARY KEY); ALTER TABLE analytics.daily OWNER TO {BUILDER}")
    assert _said(database, tmp_path, "SELECT 1::bigint AS a")[1:] == [
        "3:1: info[warehouse-live] the next publishing widens columns of `analytics.daily`: `a` from integer to bigint"
    ]


def test_plain_table_that_becomes_a_view(database: Database, tmp_path: Path) -> None:
    database.admin(f"CREATE TABLE analytics.daily (a int); ALTER TABLE analytics.daily OWNER TO {BUILDER}")
    assert _said(database, tmp_path, "SELECT 1 AS a") == [
        "1:8: info[warehouse-live] `analytics.daily` is a plain table of the role builder: the first publishing keeps "
        "it among the versions and puts a view in its place; for that, the tables must be built by the role builder"
    ]


def test_plain_table_that_cannot_become_a_view(database: Database, tmp_path: Path) -> None:
    database.admin(
        f"CREATE TABLE analytics.daily (a int); ALTER TABLE analytics.daily OWNER TO {BUILDER};"
        "CREATE MATERIALIZED VIEW analytics.m AS SELECT a FROM analytics.daily;"
        f"CREATE VIEW analytics.v AS SELECT a FROM analytics.daily; ALTER VIEW analytics.v OWNER TO {OTHER}"
    )
    assert _said(database, tmp_path, "SELECT 1 AS a") == [
        "1:8: warning[warehouse-live] `analytics.daily` is a plain table of the role builder, and publishing cannot "
        "put a view in its place because of materialized view analytics.m; view analytics.v, which belongs to other; "
        "fix: drop or move these in the warehouse, and let the role builder build the tables; or give the summary "
        "table another name"
    ]


def test_what_publishing_would_destroy(database: Database, tmp_path: Path) -> None:
    fix = "publishing would destroy it, and refuses; fix: give the summary table another name"
    for statement, what in (
        ("CREATE MATERIALIZED VIEW analytics.daily AS SELECT 1 AS a", "a materialized view"),
        (
            "DROP MATERIALIZED VIEW analytics.daily; CREATE VIEW analytics.daily AS SELECT 1 AS a",
            "a view that was made by somebody else",
        ),
        ("DROP VIEW analytics.daily; CREATE SEQUENCE analytics.daily", "no table"),
    ):
        database.admin(statement)
        assert _said(database, tmp_path, "SELECT 1 AS a") == [
            f"1:8: warning[warehouse-live] `analytics.daily` is {what}; {fix}"
        ]


def test_wrong_query_is_told_besides(database: Database, tmp_path: Path) -> None:
    build_and_show(database, _BUILT)
    assert _said(database, tmp_path, "SELECT x FROM raw_data.nps") == [
        "4:10: error[warehouse-column] `raw_data.nps` has no column `x`; "
        'fix: the columns are `id`, `created_at`, `score`, `"userId"`'
    ]


def _said(database: Database, tmp_path: Path, query: str) -> list[str]:
    if not database.admin("SELECT 1 FROM pg_class WHERE relname = 'nps'"):
        with_tables(database)
    write(tmp_path / "dag_configs", query)
    return said(database, tmp_path / "dag_configs")
