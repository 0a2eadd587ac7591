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
        "5:20+15 info: the first run starts at once if analytics.other has been published before, and else waits for "
        f"it: that table is built {words}; "
        "fix: if analytics.other was never published, start that one by hand in Airflow; this one follows"
    )
    assert said(rare_parent.RULE, tmp_path, config("SELECT a FROM analytics.other", AFTER), other=other) == (
        [message] if words else []
    )


def test_one_of_several(tmp_path: Path) -> None:
    daily, monthly = (
        f'table: {name}\nschema: analytics\nschedule: "@{name}"\nmain_sql: SELECT 1 AS a\n'
        for name in ("daily", "monthly")
    )
    text = config("SELECT a FROM analytics.monthly", "schedule: {after: [analytics.daily, analytics.monthly]}\n")
    assert said(rare_parent.RULE, tmp_path, text, daily=daily, monthly=monthly) == [
        "5:37+17 info: the first run starts at once if analytics.monthly has been published before, and else waits for "
        "it: that table is built on day 1 of every month at 00:00 UTC; fix: if analytics.monthly was never published, "
        "start that one by hand in Airflow; this one follows when all that it waits for is there"
    ]
