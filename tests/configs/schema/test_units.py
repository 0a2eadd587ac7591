"""A value with another unit is told in the one of our key."""

from pathlib import Path

import pytest

from summary_tables.configs.schema.units import in_unit_of, unit_of
from summary_tables.lint.engine import lint


@pytest.mark.parametrize(
    ("key", "value", "number"),
    [
        ("timeout_minutes", "30s", "0.5"),
        ("timeout_minutes", "90 seconds", "1.5"),
        ("timeout_minutes", "1500ms", "0.025"),
        ("timeout_minutes", "5min", "5"),
        ("timeout_minutes", "2h", "120"),
        ("timeout_minutes", "1 Day", "1440"),
        ("timeout_minutes", "30", ""),
        ("timeout_minutes", 30, ""),
        ("timeout_minutes", "0s", ""),
        ("timeout_minutes", "30 parsecs", ""),
        ("timeout_minutes", "999999999d", ""),
        ("work_mem_mb", "256MB", "256"),
        ("work_mem_mb", "1.5 GB", "1536"),
        ("work_mem_mb", "65536kB", "64"),
        ("work_mem_mb", "100kB", ""),
        ("max_rows", "5s", ""),
    ],
)
def test_value_in_the_unit_of_the_key(key: str, value: object, number: str) -> None:
    assert in_unit_of(key, value) == number


def test_keys_without_a_unit() -> None:
    assert [unit_of(key) for key in ("timeout_minutes", "work_mem_mb", "max_rows")] == ["minutes", "megabytes", ""]


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("statement_timeout: 30s", "write `statement_timeout_minutes: 0.5`"),
        ("statement_timeout: 30000", "rename it to `statement_timeout_minutes`, which counts minutes"),
        ("lock_timeout: 5min", "write `lock_timeout_minutes: 5`"),
        ("work_mem: 1GB", "write `work_mem_mb: 1024`"),
        ("row_limit: 1000", "rename it to `max_rows`"),
        ("timeout_minute: 5", "rename it to `timeout_minutes`"),
        ("query_timeout_minutes: 5", "rename it to `statement_timeout_minutes`"),
    ],
)
def test_limits_by_other_names(tmp_path: Path, line: str, fix: str) -> None:
    (tmp_path / "t.yaml").write_text(f"table: t\nschema: s\nmain_sql: SELECT 1 AS one\n{line}\n")
    found = [problem for problem in lint([tmp_path]).problems if problem.rule == "unknown-key"]
    assert [(problem.line, problem.fix) for problem in found] == [(4, fix)]


def test_a_number_of_something_else_is_not_renamed_by_itself(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("table: t\nschema: s\nmain_sql: SELECT 1 AS one\nwork_mem: 65536\nmax_row: 1\n")
    found = [problem for problem in lint([tmp_path]).problems if problem.rule == "unknown-key"]
    assert [(problem.fix, bool(problem.edit)) for problem in found] == [
        ("rename it to `work_mem_mb`, which counts megabytes", False),
        ("rename it to `max_rows`", True),
    ]
