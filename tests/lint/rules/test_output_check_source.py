"""Output checks of other tables."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import output_check_source
from tests.lint.rules.one_rule import config, said


def check(sql: str) -> str:
    return config("SELECT 1 AS one", f"output_check:\n  - sql: {sql}\n    count: 1\n")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COUNT(1) FROM {schema}.temp_{table} JOIN raw_data.nps USING (id)",
        "SELECT COUNT(1) FROM {schema}.tmp_{table}",
        "SELECT COUNT(1) FROM {{ schema }}.temp_{{ table }}",
        "SELECT COUNT(1) FROM analytics.t",
        "SELECT COUNT(1) FROM information_schema.tables",
        "SELECT 1",
    ],
    ids=["new", "misspelt is for placeholder", "braces too", "live is for output_check_target", "catalog", "nothing"],
)
def test_what_is_fine_or_for_another_rule(sql: str, tmp_path: Path) -> None:
    assert said(output_check_source.RULE, tmp_path, check(sql)) == []


def test_other_tables_alone(tmp_path: Path) -> None:
    assert said(output_check_source.RULE, tmp_path, check("SELECT COUNT(1) FROM raw_data.nps, raw_data.users")) == [
        "6:31+12 warning: this check looks at raw_data.nps and not at the table that was built; "
        "fix: read `{schema}.temp_{table}` in it, or move it to `input_check`"
    ]
