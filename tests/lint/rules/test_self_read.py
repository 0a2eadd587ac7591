"""Tables that read themselves."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import self_read
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT id FROM raw_data.t",
        "SELECT id FROM t",
        "WITH t AS (SELECT id FROM raw_data.a) SELECT id FROM t",
        "SELECT 'analytics.t' AS name FROM raw_data.a -- analytics.t",
    ],
)
def test_other_tables(main_sql: str, tmp_path: Path) -> None:
    assert said(self_read.RULE, tmp_path, config(main_sql)) == []


def test_checks_may_look_at_the_live_table(tmp_path: Path) -> None:
    more = "input_check:\n  - sql: SELECT COUNT(1) FROM analytics.t\n    count: 1\n"
    assert said(self_read.RULE, tmp_path, config("SELECT id FROM raw_data.a", more)) == []


@pytest.mark.parametrize("table", ["{schema}.{table}", "analytics.t", "Analytics.T"])
def test_own_table(table: str, tmp_path: Path) -> None:
    main_sql = f"SELECT id FROM raw_data.a\nUNION ALL\nSELECT id FROM {table}\nUNION ALL SELECT id FROM {table}"
    assert said(self_read.RULE, tmp_path, config(main_sql)) == [
        f"6:18+{len(table)} error: `main_sql` reads analytics.t, the table it builds: "
        "before the first build there is none; fix: read the tables from which it is made"
    ]
