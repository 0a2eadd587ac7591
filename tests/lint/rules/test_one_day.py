"""Tables that are built anew each time, of one day."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import one_day
from tests.lint.rules.one_rule import config, said

DAILY = 'schedule: "0 3 * * *"\n'
HEAD = "SELECT day, COUNT(1) AS n FROM raw_data.a WHERE"


@pytest.mark.parametrize(
    ("main_sql", "more"),
    [
        (f"{HEAD} day <= '{{{{ ds }}}}' GROUP BY day", DAILY),
        (f"{HEAD} day = '{{{{ ds }}}}' OR day IS NULL GROUP BY day", DAILY),
        (f"{HEAD} day = '{{{{ ds }}}}' GROUP BY day", f"{DAILY}refresh: {{delete_insert: {{time_column: day}}}}\n"),
        (f"{HEAD} day = '{{{{ ds }}}}' GROUP BY day", 'schedule: "none"\n'),
        ("SELECT name, COUNT(1) AS n FROM raw_data.a WHERE day = '{{ ds }}' GROUP BY name", DAILY),
        ("SELECT a.day FROM raw_data.a JOIN (SELECT day FROM raw_data.b WHERE day = '{{ ds }}') b ON TRUE", DAILY),
        ("SELECT day FROM raw_data.a WHERE seen = '{{ ds }}'", DAILY),
    ],
)
def test_more_days_or_none_that_is_shown(main_sql: str, more: str, tmp_path: Path) -> None:
    assert said(one_day.RULE, tmp_path, config(main_sql, more)) == []


@pytest.mark.parametrize(
    ("column", "condition"),
    [
        ("day", "day = '{{ ds }}'"),
        ("a.day", "'{{ ds }}'::date = day"),
        ("ts::date AS day", "ts::date = '{{ macros.ds_add(ds, -1) }}'"),
        ("'{{ ds }}'::date AS day", "seen = '{{ ds }}'"),
        ("ts::date AS day", "ts >= '{{ ds }}' AND ts < '{{ macros.ds_add(ds, 1) }}'"),
        ("date_trunc('day', ts) AS day", "ts < '{{ macros.ds_add(ds, 1) }}' AND c AND ts >= '{{ ds }}'"),
        ("DATE(a.ts) AS day", "a.ts >= '{{ ds }}'::date AND a.ts < '{{ macros.ds_add(ds, 1) }}'"),
    ],
)
def test_a_column_of_days_that_has_one(column: str, condition: str, tmp_path: Path) -> None:
    found = said(one_day.RULE, tmp_path, config(f"SELECT {column} FROM raw_data.a\nWHERE b AND {condition}", DAILY))
    assert found == [
        f"5:15+{len(condition)} warning: each run replaces the whole table, so it holds one day only: `day` is the "
        "same in all rows; fix: to keep the days before, add `refresh: {delete_insert: {time_column: day}}` and write "
        "`... >= '{{ data_interval_start | ds }}' AND ... < '{{ data_interval_end | ds }}'`"
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "ts >= '2020-01-01' AND ts < '{{ macros.ds_add(ds, 1) }}'",
        "ts >= '{{ macros.ds_add(ds, -30) }}' AND ts < '{{ macros.ds_add(ds, 1) }}'",
        "seen >= '{{ ds }}' AND ts < '{{ macros.ds_add(ds, 1) }}'",
        "ts >= '{{ ds }}'",
        "ts >= '{{ data_interval_start }}' AND ts < '{{ data_interval_end }}'",
    ],
)
def test_more_than_one_day(condition: str, tmp_path: Path) -> None:
    text = config(f"SELECT ts::date AS day FROM raw_data.a WHERE {condition}", DAILY)
    assert said(one_day.RULE, tmp_path, text) == []
