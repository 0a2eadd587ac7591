"""Dates in SQL stand in quotes; the corpus has the mistakes, here is what must pass."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import date_quotes
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT '{{ ds }}' AS a, 'from {{ ds }} on' AS b, $${{ ds }}$$ AS c, E'{{ ts }}' AS d",
        'SELECT a AS "{{ ds }}" FROM t_{{ ds_nodash }} WHERE n = {{ ds_nodash }} -- {{ ds }}',
        "SELECT {{ data_interval_start.strftime('%Y%m%d') }} AS a, {{ ds | replace('-', '') }} AS b",
        "SELECT {{ logical_date | ds_nodash }} AS a /* {{ ds }} */",
        "SELECT DATE '2026-01-31' AS a, 'to 2026-01-31' AS b, $$2026-01-31$$ AS c -- 2026-01-31",
        'SELECT 2026 - 01 - 31 AS a, 2026-1-31 AS b, 2026-13-01 AS c, n - 2026-01-31 AS d, "2026-01-31" AS e FROM s.t',
        "SELECT 2026-01-31 + n AS a, 12026-01-31 AS b, 2026-01-311 AS c, t2026-01-31 AS d FROM s.t",
    ],
)
def test_silent(sql: str, tmp_path: Path) -> None:
    assert said(date_quotes.RULE, tmp_path, config(sql)) == []


def test_filter_that_gives_a_date(tmp_path: Path) -> None:
    assert said(date_quotes.RULE, tmp_path, config("SELECT {{ data_interval_end | ds }} AS a")) == [
        "4:10+28 error: without quotes `{{ data_interval_end | ds }}` becomes e.g. 2026-11-22, "
        "which is a subtraction in SQL: 1993; fix: write `'{{ data_interval_end | ds }}'`"
    ]
