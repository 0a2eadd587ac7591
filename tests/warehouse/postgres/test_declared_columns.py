"""What a dry run says of the columns that a file declares."""

from pathlib import Path

from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.dry_runs import said, write

_QUERY = "SELECT 1 AS day, 'x'::varchar(5) AS kind, now() AS at"
_DECLARED = (
    "columns:\n  - {name: day, type: int4}\n  - {name: kind, type: varchar}\n  - {name: at, type: timestamptz}\n"
)


def _said(database: Database, folder: Path, main_sql: str, declared: str) -> list[str]:
    path = write(folder / "dag_configs", main_sql, rest=declared)
    return said(database, path.parent)


def test_types_by_other_names_are_nothing_to_speak_of(database: Database, tmp_path: Path) -> None:
    assert _said(database, tmp_path, _QUERY, _DECLARED) == []


def test_other_types_and_no_types(database: Database, tmp_path: Path) -> None:
    declared = _DECLARED.replace("int4", "date").replace("varchar", "varchar(3)").replace("timestamptz", "moment")
    assert _said(database, tmp_path, _QUERY, declared) == [
        "6:23: error[warehouse-type] `day` is date here, and the query gives it as integer; fix: write `type: integer`",
        "7:24: error[warehouse-type] `kind` is varchar(3) here, and the query gives it as varchar(5); "
        "fix: write `type: varchar(5)`",
        '8:22: error[warehouse-type] the warehouse does not take the type `moment`: type "moment" does not exist',
    ]


def test_names_where_the_query_does_not_tell_them(database: Database, tmp_path: Path) -> None:
    assert _said(database, tmp_path, "SELECT * FROM raw_data.events", "columns: [name: day, name: events]\n") == [
        "5:10: error[warehouse-column] `columns` does not list `event`, which the query gives; "
        "fix: add `- name: event` to `columns`",
        "5:28: error[warehouse-column] `main_sql` gives no column `events`; "
        "fix: delete it here, or let the query give it",
    ]


def test_checks_of_columns_are_asked_too(database: Database, tmp_path: Path) -> None:
    declared = (
        "columns:\n"
        "  - name: day\n"
        "    checks: [not_null, matches: {pattern: x}]\n"
        "  - name: events\n"
        "    checks: [not_null]\n"
    )
    assert _said(database, tmp_path, "SELECT 1 AS day", declared) == [
        "7:33: error[warehouse-check] `matches` cannot be asked of `day`: its type is integer; "
        "fix: name another column, or ask with a query (`sql`)"
    ]
