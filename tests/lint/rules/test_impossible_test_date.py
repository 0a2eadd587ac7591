"""Days that no month has."""

from pathlib import Path

from summary_tables.lint.rules import impossible_test_date
from tests.lint.rules.one_rule import config, said


def test_only_days_of_the_calendar(tmp_path: Path) -> None:
    more = "tests:\n" + "".join(
        f'  - {{name: x, date: "{day}", expect: []}}\n' for day in ("2024-02-29", "2026-02-29", "2026-12-31")
    )
    assert said(impossible_test_date.RULE, tmp_path, config("SELECT 1 AS one", more)) == [
        '7:21+12 error: no calendar has the day 2026-02-29; fix: write a day such as "2026-01-31"'
    ]
