"""One table's section, for what the branch of `tests/commands/diff/test_command.py` does not show."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from summary_tables.commands.diff.changes import folder_change
from summary_tables.commands.diff.query_test_part import QueryTests
from summary_tables.commands.diff.table_section import table_section
from summary_tables.lint.facts.lineage import lineage
from tests.commands.diff.config_folders import folder_of, table
from tests.golden_files import assert_golden

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
READER = table("reader", "SELECT a FROM analytics.t")

CHECKED = """\
output_check:
  - name: not too few
    sql: SELECT COUNT(1) FROM {schema}.temp_{table}
    count: 12
  - name: no doubles
    sql: SELECT COUNT(1) - COUNT(DISTINCT a) FROM {schema}.temp_{table}
    count: 0
    op: eq
"""

UNNAMED = """\
input_check:
  - sql: |
      SELECT MAX(a) -- @team, see #7
      FROM raw.b
    count: 12
output_check:
  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}
    count: 12
  - no_rows: SELECT a FROM {schema}.temp_{table} WHERE a < 0
"""

NAMED = """\
output_check:
  - row_count: {min: 12}
  - not_null: 이름
    severity: warn
  - unique: [a, b]
    samples: false
  - {name: same, range: {column: a, min: 1}}
"""

DECLARED = """\
columns:
  - {name: a, type: integer, description: The *first*.}
  - {name: b, checks: [not_null]}
"""

ORDERS = "{table: raw.orders, column: loaded_at, within_hours: 6}"

GROWING = "SELECT 1 AS a FROM raw.b WHERE t >= '{{ data_interval_start }}' AND t < '{{ data_interval_end }}'"

DAILY = 'schedule: "0 3 * * *"\n'
DAILY_SINCE = 'schedule: "0 3 * * *"\nrefresh: {{append: {{start: {0}}}}}\n'

SCENES: dict[str, tuple[str | None, str]] = {
    "new after any": (None, table("t", more="schedule: {after: {any: [analytics.reader, {asset: landed}]}}\n")),
    "new that waits": (None, table("t", more=f"schedule: {{after: [analytics.reader, {ORDERS}]}}\n")),
    "new with a time": (
        None,
        table("t", more=f'schedule: {{at: "0 6 * * *", after: [analytics.reader, {ORDERS}], wait_hours: 2}}\n'),
    ),
    "new after others": (None, table("t", more="schedule: {after: [analytics.reader, analytics.other]}\n")),
    "new since long ago": (None, table("t", GROWING, more=DAILY_SINCE.format("2018-12-26"))),
    "new since this month": (None, table("t", GROWING, more=DAILY_SINCE.format("2026-11-01"))),
    "new since yesterday": (None, table("t", GROWING, more=DAILY_SINCE.format("2026-11-21"))),
    "new since tomorrow": (None, table("t", GROWING, more=DAILY_SINCE.format("2026-11-23"))),
    "new since long ago without a schedule": (
        None,
        table("t", GROWING, more="refresh: {append: {start: 2018-12-26}}\n"),
    ),
    "since long before": (
        table("t", GROWING, more=DAILY_SINCE.format("2026-11-01")),
        table("t", GROWING, more=DAILY_SINCE.format("2018-12-26")),
    ),
    "by a schedule from now on": (table("t", more="schedule: none\n"), table("t", more='schedule: "0 3 * * *"\n')),
    "by a schedule from now on and since long ago": (
        table("t", GROWING, more="schedule: {after: [analytics.reader]}\nrefresh: {append: {start: 2018-12-26}}\n"),
        table("t", GROWING, more=DAILY_SINCE.format("2018-12-26")),
    ),
    "made up for from now on": (
        table("t", GROWING, more='schedule: "0 3 * * *"\nrefresh: append\n'),
        table("t", GROWING, more=DAILY_SINCE.format("2026-11-01")),
    ),
    "made up for no longer": (
        table("t", GROWING, more=DAILY_SINCE.format("2026-11-01")),
        table("t", GROWING, more='schedule: "0 3 * * *"\nrefresh: append\n'),
    ),
    "checks without a name": (None, table("t", more=UNNAMED)),
    "another query in a check without a name": (
        table("t", more=UNNAMED),
        table("t", more=UNNAMED.replace("MAX(a)", "MAX(b)").replace("a < 0", "a <= 0")),
    ),
    "columns declared": (table("t", "SELECT 1 AS a, 2 AS b"), table("t", "SELECT 1 AS a, 2 AS b", more=DECLARED)),
    "columns declared no longer": (
        table("t", "SELECT 1 AS a, 2 AS b", more=DECLARED),
        table("t", "SELECT 1 AS a, 2 AS b"),
    ),
    "declared columns change": (
        table("t", "SELECT 1 AS a, 2 AS b", more=DECLARED),
        table(
            "t",
            "SELECT 1 AS a, 3 AS c",
            more=DECLARED.replace("integer", "bigint")
            .replace(", description: The *first*.", "")
            .replace("name: b", "name: c, pii: true, type: text, description: 이름"),
        ),
    ),
    "severity and samples": (
        table("t", more=NAMED),
        table(
            "t",
            more=NAMED.replace("{min: 12}", "{min: 12}\n    severity: warn\n    samples: false")
            .replace("    severity: warn\n  - unique", "  - unique")
            .replace("    samples: false\n  - {", "  - {severity: warn, ")
            .replace("min: 1}}", "min: 2}}"),
        ),
    ),
    "grows from now on": (
        table("t", "SELECT 1 AS a, 2 AS b"),
        table("t", "SELECT 1 AS a, 2 AS b", more="refresh: {merge: {unique_key: [a, b], start: 2026-01-31}}\n"),
    ),
    "whole from now on": (table("t", more="refresh: append\n"), table("t")),
    "another way to grow": (
        table("t", more="refresh: append\n"),
        table("t", more="refresh: {append: {start: 2026-01-31}}\n"),
    ),
    "grows by another schedule": (
        table("t", GROWING, more='schedule: "@daily"\nrefresh: append\n'),
        table("t", GROWING, more='schedule: "0 3 * * *"\nrefresh: append\n'),
    ),
    "grows by another schedule without a start": (
        table("t", more='schedule: "@hourly"\nrefresh: append\n'),
        table("t", more='schedule: "@daily"\nrefresh: append\n'),
    ),
    "grows after others from now on": (
        table("t", GROWING, more='schedule: "@hourly"\nrefresh: append\n'),
        table("t", GROWING, more="schedule: {after: [analytics.reader]}\nrefresh: append\n"),
    ),
    "reordered columns": (table("t", "SELECT 1 AS a, 2 AS b, 3 AS c"), table("t", "SELECT 3 AS c, 2 AS b, 1 AS a")),
    "new column": (table("t", "SELECT 1 AS a"), table("t", "SELECT 0 AS b, 1 AS a")),
    "columns not known": (table("t", "SELECT * FROM raw_data.t"), table("t", "SELECT a FROM raw_data.t")),
    "query not readable": (table("t", "SELECT a FROM raw_data.t"), table("t", "SELECT a, FROM raw_data.t")),
    "other schema": (table("t", "SELECT 1 AS a, 2 AS b"), table("t", "SELECT 1 AS a").replace("analytics", "marts")),
    "no longer by itself": (table("t", more='schedule: "0 3 * * *"\n'), table("t", more="schedule: none\n")),
    "schedule that cannot be": (
        table("t", more='schedule: "0 3 * * 1"\n'),
        table("t", more='schedule: "0 25 * * *"\n'),
    ),
    "another query in a check": (
        table("t", more=CHECKED),
        table("t", more=CHECKED.replace("COUNT(1) F", "COUNT(*) F")),
    ),
    "another number in a check": (
        table("t", more="output_check: [{row_count: {min: 1}}, {not_null: one}]\n"),
        table("t", more="output_check: [{unique: one}, {row_count: {min: 100}, severity: warn}]\n"),
    ),
    "new with deadlines": (None, table("t", more=f"{DAILY}fresh_by: '06:00'\nfresh_within: 26h\n")),
    "other deadlines": (
        table("t", more=f"{DAILY}fresh_by: '06:00'\nfresh_within: 26h\n"),
        table("t", more=f"{DAILY}fresh_by: '08:30'\nfresh_within: 8d\n"),
    ),
    "no deadline any more": (table("t", more=f"{DAILY}fresh_within: 90m\n"), table("t", more=DAILY)),
    "checks go": (table("t", more=CHECKED), table("t")),
    "what held before": (table("t"), table("t", more="retries: 1\n")),
    "layout and grants": (
        table("t", more="tags: [a]\nattributes: {fillfactor: 70}\n"),
        table(
            "t",
            more="tags: [a, 나]\ngrants: {select: [reporting, board]}\nindexes: [{columns: [a]}, {columns: [b, c]}]\n",
        ),
    ),
}


@pytest.mark.parametrize("scene", SCENES)
def test_section(scene: str, tmp_path: Path) -> None:
    before, after = (
        folder_of(tmp_path / str(side), **({"t": text} if text else {}), reader=READER)
        for side, text in enumerate(SCENES[scene])
    )
    (change,) = folder_change(before, after).tables
    part = table_section(change, lineage(after), QueryTests(), NOW)
    assert_golden(f"diff/sections/{scene.replace(' ', '_')}.md", f"{part}\n")


def test_very_long_query_is_shown_and_not_compared(tmp_path: Path) -> None:
    sql = "\n".join(["SELECT 1 AS a", *("-- a comment" for _ in range(4_000))])
    before = folder_of(tmp_path / "before", t=table("t", sql))
    after = folder_of(tmp_path / "after", t=table("t", f"{sql}\n-- more"))
    (change,) = folder_change(before, after).tables
    (fold,) = table_section(change, lineage(after), QueryTests(), NOW).folds
    assert str(fold).startswith("<details><summary>Query</summary>\n\n```sql\nSELECT 1 AS a\n")
