"""Dates in SQL stand in quotes; the corpus has the mistakes, here is what must pass."""

from pathlib import Path

import pytest

from summary_tables.rules import date_quotes
from tests.rules.one_rule import config, said


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT '{{ ds }}' AS a, 'from {{ ds }} on' AS b, $${{ ds }}$$ AS c, E'{{ ts }}' AS d",
        'SELECT a AS "{{ ds }}" FROM t_{{ ds_nodash }} WHERE n = {{ ds_nodash }} -- {{ ds }}',
        "SELECT {{ data_interval_start.strftime('%Y%m%d') }} AS a, {{ ds | replace('-', '') }} AS b",
        "SELECT {{ logical_date | ds_nodash }} AS a /* {{ ds }} */",
    ],
)
def test_silent(sql: str, tmp_path: Path) -> None:
    assert said(date_quotes, tmp_path, config(sql)) == []


def test_filter_that_gives_a_date(tmp_path: Path) -> None:
    assert said(date_quotes, tmp_path, config("SELECT {{ data_interval_end | ds }} AS a")) == [
        "4:10+28 error: without quotes `{{ data_interval_end | ds }}` becomes e.g. 2026-11-22, "
        "which is a subtraction in SQL: 1993; fix: write `'{{ data_interval_end | ds }}'`"
    ]
