"""Tables that wait for one that is seldom built."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import rare_parent
from tests.lint.rules.one_rule import config, said

AFTER = "schedule: {after: [analytics.other]}\n"


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ("@daily", ""),
        ("0 3 * * 1", ""),
        ("none", ""),
        ("0 3 1 * *", "on day 1 of every month at 03:00 UTC"),
        ("0 3 1 1 *", "on day 1 of January at 03:00 UTC"),
    ],
)
def test_how_often_the_other_is_built(schedule: str, words: str, tmp_path: Path) -> None:
    other = f'table: other\nschema: analytics\nschedule: "{schedule}"\nmain_sql: SELECT 1 AS a\n'
    message = (
        f"5:20+15 info: the first run comes when analytics.other is built next, and that table is built {words}; "
        "fix: to have the table before, start it by hand in Airflow once analytics.other is there"
    )
    assert said(rare_parent, tmp_path, config("SELECT a FROM analytics.other", AFTER), other=other) == (
        [message] if words else []
    )
