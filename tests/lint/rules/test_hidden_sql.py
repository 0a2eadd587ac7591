"""Comments that swallow the rest of a query."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import hidden_sql
from tests.lint.rules.one_rule import said

HEAD = "table: t\nschema: analytics\n"
QUERY = "  SELECT score AS s  -- 0 to 10\n  FROM raw_data.nps\n"


@pytest.mark.parametrize(
    "main_sql",
    [f"main_sql: |\n{QUERY}", "main_sql: >\n  SELECT score\n  FROM raw_data.nps\n", "main_sql: SELECT 1 AS s -- one\n"],
    ids=["lines stay", "no comment", "one line"],
)
def test_comments_that_end_with_their_line(main_sql: str, tmp_path: Path) -> None:
    assert said(hidden_sql.RULE, tmp_path, HEAD + main_sql) == []


@pytest.mark.parametrize(
    ("main_sql", "place"),
    [(f"main_sql: >\n{QUERY}", "3:11+1"), (f"main_sql:\n{QUERY}", "4:3+29")],
    ids=["folded", "plain"],
)
def test_comments_over_joined_lines(main_sql: str, place: str, tmp_path: Path) -> None:
    assert said(hidden_sql.RULE, tmp_path, HEAD + main_sql) == [
        f"{place} error: YAML joins these lines into one, so that `--` hides the rest of the query; "
        "fix: write `main_sql: |` and begin the SQL on the next line"
    ]
