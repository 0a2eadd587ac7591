"""Tables of others start no run."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import nothing_starts
from tests.lint.rules.one_rule import config, said

SOURCE = "{table: raw_data.nps, column: created_at, within_hours: 6}"
FIX = '; fix: write the times at which a run begins to wait, e.g. `at: "0 6 * * *"`, beside `after`'
STARTS = "error: raw_data.nps, which somebody else fills, starts no run of this table: "


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        (f"{{after: [{SOURCE}]}}", f"5:28+12 {STARTS}nothing would{FIX}"),
        (f'{{at: "@daily", after: [{SOURCE}]}}', ""),
        (f"{{after: [analytics.b, {SOURCE}]}}", ""),
        (f"{{after: [{{asset: b}}, {SOURCE}]}}", ""),
        (
            f"{{after: {{any: [analytics.b, {SOURCE}]}}}}",
            f"5:47+12 {STARTS}the others of `any` would start runs, and this one would never{FIX}",
        ),
        (f'{{at: "@daily", after: {{any: [analytics.b, {SOURCE}]}}}}', ""),
        ("{after: [analytics.b]}", ""),
        ('"@daily"', ""),
    ],
)
def test_something_starts_the_table(schedule: str, message: str, tmp_path: Path) -> None:
    found = said(nothing_starts.RULE, tmp_path, config("SELECT 1 AS one", f"schedule: {schedule}\n"))
    assert found == ([message] if message else [])
