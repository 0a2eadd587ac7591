"""Tables whose `start` lies far back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summary_tables.lint.rules import many_runs
from tests.lint.rules.one_rule import config, said

QUERY = "SELECT id FROM raw_data.a WHERE ts >= '{{ data_interval_start }}'"


@pytest.mark.parametrize(
    ("days", "schedule", "words"),
    [
        (400, "@daily", ""),
        (6000, "@monthly", ""),
        (15, "@hourly", ""),
        (2888, "@daily", "2,000 runs, one after the other: at a minute each, more than a day"),
        (60, "@hourly", "1,000 runs, one after the other: at a minute each, more than 16 hours"),
        (9999, "0 3 * * 1-5", "7,000 runs, one after the other: at a minute each, more than 4 days"),
    ],
)
def test_runs_that_are_due(days: int, schedule: str, words: str, tmp_path: Path) -> None:
    start = (datetime.now(UTC) - timedelta(days=days)).date()
    more = f'schedule: "{schedule}"\nrefresh: {{append: {{start: "{start}"}}}}\n'
    message = (
        f"6:27+12 warning: `start` means more than {words}; fix: delete `start`, and start the table once in Airflow "
        'with the configuration `{"full_refresh": true}`: one run builds all of it'
    )
    assert said(many_runs.RULE, tmp_path, config(QUERY, more)) == ([message] if words else [])


@pytest.mark.parametrize(("more", "defaults"), [("full_refresh: false\n", ""), ("", "full_refresh: false\n")])
def test_no_run_is_advised_that_would_be_refused(more: str, defaults: str, tmp_path: Path) -> None:
    text = config(QUERY, 'schedule: "@hourly"\nrefresh: {append: {start: "2020-01-01"}}\n' + more)
    (finding,) = said(many_runs.RULE, tmp_path, text, defaults=defaults)
    assert finding.endswith("fix: ")
