"""What a real warehouse makes of checks that name a kind, in our words, at the place of what is wrong."""

from pathlib import Path

import pytest

from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, Database
from tests.warehouse.postgres.dry_runs import said, with_tables, write

QUERY = "SELECT id, created_at, score AS \"점수\", id::text AS code, '{}'::json AS data FROM raw_data.nps"

INPUT_CHECKS = (
    "row_count: {min: 1}\n    table: raw_data.nps",
    "row_count: {min: 1}\n    table: raw_data.npss",
    "row_count: {min: 1}\n    table: rawdata.nps",
    "not_null: [id, scor]\n    table: raw_data.nps",
    "not_null: [고객, 금약]\n    table: raw_data.주문",
    "unique: userId\n    table: raw_data.nps",
    "unique: userid\n    table: raw_data.nps",
    "not_null: id\n    table: raw_data.secret",
    "relationships: {column: id, to: raw_data.user_session_channel, to_column: userid}\n    table: raw_data.nps",
    "relationships: {column: idd, to: raw_data.user_session_chanel, to_column: x}\n    table: raw_data.nps",
    "relationships: {column: id, to: raw_data.user_session_channel, to_column: user}\n    table: raw_data.nps",
    "row_count_equals: {table: raw_data.np}\n    table: raw_data.nps",
    "freshness: {column: ts, within_hours: 1}\n    table: raw_data.session_timestamp",
    "freshness: {column: score, within_hours: 1}\n    table: raw_data.nps",
    "matches: {column: score, pattern: x}\n    table: raw_data.nps",
)
OUTPUT_CHECKS = (
    "not_null: [id, 점수]",
    "not_null: [id, 점수들]",
    "unique: data",
    "unique: [id, data]",
    "sum: {column: created_at, min: 1}",
    "average: {column: 점수, min: 1}",
    "length: {column: id, min: 1}",
    "range: {column: code, max: 10}",
    "range: {column: id, max: '2026-01-01'}",
    "accepted_values: {column: id, values: [1, x]}",
    "accepted_values: {column: 점수, values: [1, 2]}",
    "no_gaps: {column: id}",
    "no_gaps: {column: created_at}",
    "row_count_equals: {table: analytics.daily}",
    "row_count_change: {max_decrease_percent: 10, compared_to: same_weekday}",
    "sum: {column: 점수, max_decrease_percent: 10}",
)


@pytest.mark.parametrize(("role", "items"), [("input_check", INPUT_CHECKS), ("output_check", OUTPUT_CHECKS)])
def test_each_kind_is_asked(role: str, items: tuple[str, ...], database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    shown = []
    for item in items:
        write(folder, QUERY, rest=f"{role}:\n  - {item}\n")
        shown.append("\n".join([f"- {item}", *(f"      {words}" for words in said(database, folder))]))
    assert_golden(f"dry_run/named_{role}s.txt", "\n\n".join(shown) + "\n")


def test_role_that_can_make_no_temporary_table(database: Database, tmp_path: Path) -> None:
    database.admin(f"REVOKE TEMPORARY ON DATABASE {database.name} FROM PUBLIC, {BUILDER}")
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT event FROM raw_data.events", rest="output_check:\n  - unique: event\n")
    (words,) = said(database, folder)
    assert words.startswith("6:13: info[warehouse-query] the output checks were not tried: they need a temporary table")


def test_tables_that_are_waited_for(database: Database, tmp_path: Path) -> None:
    items = (
        "{table: raw_data.session_timestamp, column: ts, within_hours: 6}",
        "{table: raw_data.nps, column: created_at, within_hours: 6}",
        "{table: raw_data.nps, column: creatd_at, within_hours: 6}",
        "{table: raw_data.nps, column: score, within_hours: 6}",
        "{table: raw_data.npss, column: created_at, within_hours: 6}",
        "{table: raw_data.secret, column: id, within_hours: 6}",
    )
    lines = "".join(f"    - {item}\n" for item in items)
    write(tmp_path / "dag_configs", "SELECT 1 AS one", rest=f'schedule:\n  at: "@daily"\n  after:\n{lines}')
    told = said(with_tables(database), tmp_path / "dag_configs")
    assert_golden("dry_run/awaited.txt", "".join(f"{line}\n" for line in told))
