"""A part of a table is cut out by the dates of the run."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import increment_dates
from tests.lint.rules.one_rule import config, said

APPEND = "refresh: append\n"
FIX = "write `... >= '{{ data_interval_start }}' AND ... < '{{ data_interval_end }}'`"


@pytest.mark.parametrize(
    ("where", "more"),
    [
        ("WHERE ts >= '{{ data_interval_start }}' AND ts < '{{ data_interval_end }}'", APPEND),
        ("WHERE ts >= '{{ data_interval_start | ds }}' AND day = '{{ ds }}'", APPEND),
        ("{% if data_interval_start %} WHERE ts >= '2026-01-01' {% endif %}", APPEND),
        ("WHERE day = '{{ ds }}'", ""),
        ("", "refresh: replace\n"),
    ],
)
def test_a_part_of_the_table_or_a_table_that_is_built_anew(where: str, more: str, tmp_path: Path) -> None:
    assert said(increment_dates.RULE, tmp_path, config(f"SELECT id FROM raw_data.a {where}", more)) == []


@pytest.mark.parametrize("where", ["", "WHERE ts < '{{ data_interval_end }}'", "-- {# ds #}"])
def test_whole_table_in_each_run(where: str, tmp_path: Path) -> None:
    assert said(increment_dates.RULE, tmp_path, config(f"SELECT id FROM raw_data.a {where}", APPEND)) == [
        "5:1+7 warning: each run gives the whole table and not its part of it: "
        f"`main_sql` does not use `data_interval_start`; fix: {FIX}"
    ]


@pytest.mark.parametrize("piece", ["{{ ds }}", "{{ macros.ds_add(ds, -1) }}", "{{ ts_nodash }}"])
def test_one_day_also_in_a_full_refresh(piece: str, tmp_path: Path) -> None:
    found = said(increment_dates.RULE, tmp_path, config(f"SELECT id FROM raw_data.a WHERE day = '{piece}'", APPEND))
    assert found == [
        f"4:42+{len(piece)} warning: `{piece}` is one day, "
        f"also in a run that builds the whole table anew: that would have this day only; fix: {FIX}"
    ]
