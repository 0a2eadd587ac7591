"""A `;` at the end of a query: pointed at, and taken away by --fix."""

from pathlib import Path

import pytest

from summary_tables.lint.engine import lint
from summary_tables.lint.fixed_file import with_edits


def _found(tmp_path: Path, query: str) -> list[tuple[int, int, str]]:
    """Line and column of each finding, and its line as the fix leaves it."""
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    path = folder / "sales.yaml"
    path.write_text(f"table: sales\nschema: analytics\n{query}\n", "utf-8")
    found = []
    for problem in lint([path]).problems:
        if problem.rule == "trailing-semicolon":
            fixed = with_edits(path.read_bytes(), [problem.edit]) if problem.edit else b""
            found.append((problem.line, problem.column, fixed.decode().splitlines()[problem.line - 1]))
    return found


@pytest.mark.parametrize(
    ("query", "line", "column", "fixed"),
    [
        ("main_sql: SELECT 1 AS one;", 3, 26, "main_sql: SELECT 1 AS one"),
        ("main_sql: 'SELECT ''a;'' AS one;'", 3, 32, "main_sql: 'SELECT ''a;'' AS one'"),
        ("main_sql: |\n  SELECT '순이익' AS one\n  ;", 5, 3, "  "),
        ("main_sql: |\n  SELECT 1 AS one; -- done", 4, 18, "  SELECT 1 AS one -- done"),
        ("main_sql: |\n  SELECT '{{ ds }}' AS one, ';' AS two; /* done; */", 4, 39, None),
    ],
)
def test_semicolon_at_the_end(tmp_path: Path, query: str, line: int, column: int, fixed: str | None) -> None:
    expected = query.splitlines()[line - 3].replace("two;", "two") if fixed is None else fixed
    assert _found(tmp_path, query) == [(line, column, expected)]


@pytest.mark.parametrize(
    "query",
    [
        "main_sql: SELECT 1 AS one",
        "main_sql: SELECT ';' AS one",
        "main_sql: |\n  SELECT 1 AS one -- done;",
        "main_sql: SELECT 1 AS one; SELECT 2 AS two;",
        "main_sql: SELECT 1 AS one;;",
    ],
)
def test_other_semicolons_are_the_business_of_others(tmp_path: Path, query: str) -> None:
    assert _found(tmp_path, query) == []
