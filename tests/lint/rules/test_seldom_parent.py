"""A table with times of its own that waits for one that is due seldomer."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import seldom_parent
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    ("at", "schedule", "words"),
    [
        ("0 6 * * *", "0 3 * * *", ""),
        ("0 6 * * *", "0 6 * * *", ""),
        ("0 6 * * *", "0 7 * * *", ""),
        ("0 6 * * *", "0 * * * *", ""),
        ("0 6 * * 1", "0 3 * * *", ""),
        ("0 6 * * *", "none", ""),
        ("0 6 * * *", "0 3 * * 1", "every Monday at 03:00 UTC"),
        ("0 6 * * *", "0 3 * * 1-5", "every day from Monday to Friday at 03:00 UTC"),
    ],
)
def test_each_run_finds_one_that_is_due(at: str, schedule: str, words: str, tmp_path: Path) -> None:
    other = f'table: other\nschema: analytics\nschedule: "{schedule}"\nmain_sql: SELECT 1 AS a\n'
    text = config("SELECT 1 AS a", f'schedule: {{at: "{at}", after: [analytics.other]}}\n')
    found = said(seldom_parent.RULE, tmp_path, text, other=other)
    message = (
        f"5:37+15 warning: some runs would wait for analytics.other in vain: it is built {words}, and this table "
        "begins every day at 06:00 UTC; fix: let `at` come as often as analytics.other is built, or seldomer; or leave "
        "`at` out"
    )
    assert found == ([message] if words else [])


def test_each_schedule_is_told_in_its_own_zone(tmp_path: Path) -> None:
    other = 'table: other\nschema: analytics\nschedule: "0 3 * * 1"\ntimezone: Europe/Berlin\nmain_sql: SELECT 1 AS a\n'
    more = 'schedule: {at: "0 6 * * *", after: [analytics.other]}\ntimezone: Asia/Seoul\n'
    (found,) = said(seldom_parent.RULE, tmp_path, config("SELECT 1 AS a", more), other=other)
    assert (
        "it is built every Monday at 03:00 Europe/Berlin, and this table begins every day at 06:00 Asia/Seoul" in found
    )
