"""A table of the folder that is waited for as if it were somebody else's."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import after_own_table
from tests.lint.rules.one_rule import config, said

OTHER = 'table: other\nschema: analytics\nschedule: "@daily"\nmain_sql: SELECT 1 AS a\n'


@pytest.mark.parametrize(
    ("item", "length"),
    [
        ("{asset: analytics.other}", 24),
        ("{table: analytics.other, column: a, within_hours: 1}", 52),
        ("{asset: analytics.others}", 0),
        ("analytics.other", 0),
    ],
)
def test_it_is_named_alone(item: str, length: int, tmp_path: Path) -> None:
    text = config("SELECT 1 AS a", f'schedule: {{at: "@daily", after: [{item}]}}\n')
    message = (
        f"5:34+{length} warning: analytics.other is built by a file of this folder; fix: write `analytics.other` alone"
    )
    assert said(after_own_table.RULE, tmp_path, text, other=OTHER) == ([message] if length else [])
