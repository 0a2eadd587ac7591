"""Queries that do more than read: what is refused in detail is in `tests/sql/test_select_only.py`."""

import re
from pathlib import Path

from summary_tables.lint.rules import select_only
from tests.lint.rules.one_rule import config, said

DELETE = "DELETE FROM raw_data.nps"


def test_queries_that_read(tmp_path: Path) -> None:
    more = "input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.nps;\n    count: 1\n"
    assert said(select_only.RULE, tmp_path, config("WITH a AS (SELECT 1 AS one) SELECT one FROM a", more)) == []


def test_every_query_of_a_file_is_looked_at(tmp_path: Path) -> None:
    more = (
        "input_check:\n  - sql: TRUNCATE raw_data.nps\n    count: 1\n"
        "output_check:\n  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}; SELECT 2\n    count: 1\n"
    )
    # Not the length: how much of a statement is underlined is for `summary_tables.sql.select_only` to say.
    found = [re.sub(r"\+\d+", "", line, count=1) for line in said(select_only.RULE, tmp_path, config(DELETE, more))]
    assert found == [
        "4:3 error: only a query is allowed here; DELETE would change data; "
        "fix: write a query that starts with SELECT or WITH",
        "6:10 error: only a query is allowed here; TRUNCATE would change data; "
        "fix: write a query that starts with SELECT or WITH",
        "9:54 error: one query only; a second statement starts here; fix: keep one query and delete the rest",
    ]
