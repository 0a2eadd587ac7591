"""Output checks that do not look at the new table."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import output_check_target
from tests.lint.rules.one_rule import config, said

LIVE = "is the table that readers see now, not the new one"
NO_TABLE = "the new table has another name in each run"
NEW = "fix: write `{schema}.temp_{table}`, as it stands here"


def check(sql: str) -> str:
    return config("SELECT 1 AS one", f"output_check:\n  - sql: {sql}\n    count: 1\n")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COUNT(1) FROM {schema}.temp_{table}",
        "SELECT COUNT(1) FROM {schema}.temp_{table} AS new JOIN {schema}.{table} AS old USING (id)",
        "SELECT (SELECT COUNT(1) FROM analytics.t) - (SELECT COUNT(1) FROM {schema}.temp_{table})",
        "SELECT COUNT(1) FROM {schema}.tmp_{table}",
        "SELECT COUNT(1) FROM {schema}.temp_{{table}}",
        "SELECT COUNT(1) FROM temp_{table}",
        "SELECT 1",
        "SELECT COUNT(1) FROM raw_data.nps",
    ],
    ids=["new", "both", "both by name", "misspelt", "braces", "no schema", "nothing", "another table"],
)
def test_what_is_fine_or_for_another_rule(sql: str, tmp_path: Path) -> None:
    assert said(output_check_target.RULE, tmp_path, check(sql)) == []


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("{schema}.{table}", f"analytics.t {LIVE}; {NEW}"),
        ("analytics.t", f"analytics.t {LIVE}; {NEW}"),
        ("T", f"t {LIVE}; {NEW}"),
        ("{table}", f"t {LIVE}; {NEW}"),
        ("analytics.temp_t", f"there is no table analytics.temp_t: {NO_TABLE}; {NEW}"),
        ("temp_t", f"there is no table temp_t: {NO_TABLE}; {NEW}"),
        ("{schema}.temp_t", f"there is no table analytics.temp_t: {NO_TABLE}; {NEW}"),
    ],
)
def test_what_it_looks_at_instead(table: str, words: str, tmp_path: Path) -> None:
    found = said(output_check_target.RULE, tmp_path, check(f"SELECT COUNT(1) FROM {table}"))
    assert found == [f"6:31+{len(table)} error: {words}"]
