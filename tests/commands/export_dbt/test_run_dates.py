"""Dates of a run in the words of dbt's Jinja, which has Python's moments."""

import pytest

from summary_tables.commands.export_dbt.run_dates import in_dbt_words, prelude
from summary_tables.sql.templates.template import statements


def in_dbt(sql: str, zone: str = "UTC") -> str:
    return in_dbt_words(sql, statements(sql), zone).sql


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT '{{ ds }}'", "SELECT '{{ ds }}'"),
        ("'{{ data_interval_end | ds }}'", "'{{ (data_interval_end).strftime('%Y-%m-%d') }}'"),
        ("'{{ data_interval_end|ts }}'", "'{{ (data_interval_end).isoformat() }}'"),
        (
            "{{ data_interval_start.subtract(months=1).start_of('month') | ds_nodash }}",
            "{{ (moment_start_of(moment_subtract(data_interval_start, months=1), 'month')).strftime('%Y%m%d') }}",
        ),
        (
            "{{ data_interval_end.in_tz('Asia/Seoul').to_date_string() ~ ds }}",
            "{{ ((data_interval_end).astimezone(modules.pytz.timezone('Asia/Seoul'))).strftime('%Y-%m-%d') ~ ds }}",
        ),
        (
            "{% if logical_date.day_of_week == 0 %}a{% else %}{{ logical_date.quarter }}{% endif %}",
            "{% if (logical_date).weekday() == 0 %}a{% else %}{{ (((logical_date).month + 2) // 3) }}{% endif %}",
        ),
        (
            "{% for n in range(3) if logical_date.day_of_year > n %}{{ logical_date.add(days=n) | ds }}{% endfor %}",
            "{% for n in range(3) if (logical_date).timetuple().tm_yday > n %}"
            "{{ (moment_add(logical_date, days=n)).strftime('%Y-%m-%d') }}{% endfor %}",
        ),
        ("{{ macros.ds_add(ds, -7) }} {{ ds[:7] }}", "{{ macros.ds_add(ds, -7) }} {{ ds[:7] }}"),
        (
            "{{ data_interval_end.end_of('month').format('YYYY/M [at 5%] HH') }} {{ logical_date.days_in_month }}",
            "{{ (moment_end_of(data_interval_end, 'month')).strftime('%Y/%-m at 5%% %H') }} "
            "{{ moment_end_of(logical_date, 'month').day }}",
        ),
        ("{{ data_interval_end - macros.timedelta(days=1) }}", "{{ data_interval_end - macros.timedelta(days=1) }}"),
        (
            "{{ data_interval_end.in_tz('Asia/Seoul') - macros.timedelta(days=1) }}",
            "{{ moment_minus((data_interval_end).astimezone(modules.pytz.timezone('Asia/Seoul')), "
            "macros.timedelta(days=1)) }}",
        ),
        ("{% set a = (ts | upper)[2:] %}{{ a }} 한국 {x}", "{% set a = (ts | upper)[2:] %}{{ a }} 한국 {x}"),
        ("{% raw %}{{ x | ds }}{% endraw %}", "{% raw %}{{ x | ds }}{% endraw %}"),
    ],
)
def test_an_expression(sql: str, expected: str) -> None:
    assert in_dbt(sql) == expected


def test_where_clocks_change_sums_are_made_by_the_zone() -> None:
    sql = "{{ data_interval_end - (macros.timedelta(days=1) + macros.timedelta(hours=3)) }} {{ logical_date.day + 1 }}"
    assert in_dbt(sql, "Europe/Berlin") == (
        "{{ moment_minus(data_interval_end, moment_plus(macros.timedelta(days=1), macros.timedelta(hours=3))) }} "
        "{{ logical_date.day + 1 }}"
    )


def test_a_form_that_is_known_only_when_it_is_filled_in_is_told() -> None:
    sql = "{% set form = 'YYYY' %}'{{ ds }}' '{{ logical_date.format(form) }}'"
    found = in_dbt_words(sql, statements(sql))
    assert found.foreign == (("format", sql.index("logical_date")),)
    assert found.sql == sql


def test_the_dates_that_a_query_needs() -> None:
    """And no others. What is built anew covers all since the first day, and is about the day of the run still."""
    assert prelude((), "2026-01-01", has_interval=True, zone="UTC") == ""
    assert prelude(("data_interval_start", "ds", "macros"), "2026-01-01", has_interval=True, zone="UTC") == (
        "{%- set data_interval_start = interval_start('UTC', '2026-01-01') -%}\n"
        "{%- set logical_date = interval_start('UTC') -%}\n"
        "{%- set ds = logical_date.strftime('%Y-%m-%d') -%}\n"
        "{%- set macros = {'ds_add': ds_add, 'ds_format': ds_format, "
        "'datetime': modules.datetime.datetime, 'timedelta': modules.datetime.timedelta} -%}\n"
    )
    assert prelude(("data_interval_start", "ts"), "2026-01-01", has_interval=True, zone="UTC", begins="03:00") == (
        "{%- set data_interval_start = interval_start('UTC', '2026-01-01', begins='03:00') -%}\n"
        "{%- set logical_date = interval_start('UTC', begins='03:00') -%}\n"
        "{%- set ts = logical_date.isoformat() -%}\n"
    )
    assert prelude(("data_interval_end",), "", has_interval=False, zone="Asia/Seoul") == (
        "{%- set data_interval_end = interval_end('Asia/Seoul') -%}\n"
    )
