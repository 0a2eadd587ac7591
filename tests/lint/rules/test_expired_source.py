"""Beside `deprecated_source`, whose tests move the clock over the last day."""

from pathlib import Path

from summary_tables.lint.rules import expired_source
from tests.lint.rules.one_rule import config, said


def test_a_day_that_is_past(tmp_path: Path) -> None:
    old = config("SELECT 1 AS one", 'deprecated: {after: "2020-12-31"}\n', name="old")
    assert said(expired_source.RULE, tmp_path, config("SELECT one FROM analytics.old"), old=old) == [
        "4:19+13 error: `main_sql` reads analytics.old, which is deprecated and was to go after 2020-12-31; "
        "fix: ask its owner, data, what to take in its place"
    ]
