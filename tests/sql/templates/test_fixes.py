"""Each fix is followed as it is written: the result is clean, and means what the message says."""

import pytest

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.template import filled_in, mistakes
from tests.sql.templates.queries import DATES

# What somebody wrote -> message, fix, and what a run makes of the query whose words at the place were replaced by those
# of the fix.
FIXES = {
    "'{{ data_interval_start - 7 }}'": (
        "`data_interval_start` is a moment; the number 7 cannot be subtracted from it",
        "write `data_interval_start.subtract(days=7)` if days are meant",
        "'2026-11-14 03:00:00+00:00'",
    ),
    "'{{ (data_interval_end + 1) | ds }}'": (
        "`data_interval_end` is a moment; the number 1 cannot be added to it",
        "write `data_interval_end.add(days=1)` if days are meant",
        "'2026-11-23'",
    ),
    "'{{ logical_date + macros.timedelta(hours=1) - 7 }}'": (
        "`logical_date + macros.timedelta(hours=1)` is a moment; the number 7 cannot be subtracted from it",
        "write `(logical_date + macros.timedelta(hours=1)).subtract(days=7)` if days are meant",
        "'2026-11-14 04:00:00+00:00'",
    ),
    "'{{ data_interval_start.date() - 1 }}'": (
        "`data_interval_start.date()` is a day; the number 1 cannot be subtracted from it",
        "write `data_interval_start.date().subtract(days=1)` if days are meant",
        "'2026-11-20'",
    ),
    "'{{ ds - 7 }}'": (
        "`ds` is a text; no days can be added to it",
        "write `macros.ds_add(ds, -7)` for 7 days before",
        "'2026-11-14'",
    ),
    "'{{ ds + 7 }}'": (
        "`ds` is a text; no days can be added to it",
        "write `macros.ds_add(ds, 7)` for 7 days later",
        "'2026-11-28'",
    ),
    "{{ ds_nodash - 1 }}": (
        "`ds_nodash` is a text; no days can be added to it",
        "write `logical_date.subtract(days=1) | ds_nodash` if days are meant",
        "20261120",
    ),
    "'{{ ts + 1 }}'": (
        "`ts` is a text; no days can be added to it",
        "write `logical_date.add(days=1) | ts` if days are meant",
        "'2026-11-22T03:00:00+00:00'",
    ),
    "{{ ds.month }}": (
        "`ds` is a text and has no `month`",
        "write `data_interval_start.month` if a date is meant",
        "11",
    ),
    "'{{ dss }}'": ("`dss` is not known in a query", "write `{{ ds }}`", "'2026-11-21'"),
    "'{{ prev_ds }}'": ("`prev_ds` is not known in a query", "write `{{ macros.ds_add(ds, -1) }}`", "'2026-11-20'"),
    "'{{ next_ds }}'": ("`next_ds` is not known in a query", "write `{{ data_interval_end | ds }}`", "'2026-11-22'"),
    "'{{ macros.ds_ad(ds, 1) }}'": (
        "`macros.ds_ad` is not known in a query",
        "write `macros.ds_add`",
        "'2026-11-22'",
    ),
    "'{{ timedelta(days=1).days }}'": ("`timedelta` is not known in a query", "write `macros.timedelta`", "'1'"),
    "'{{ ds_ad(ds, 1) }}'": ("`ds_ad` is not known in a query", "write `ds_add`", "'2026-11-22'"),
    "'{{ ds | uper }}'": ("`uper` is not a filter", "write `upper`", "'2026-11-21'"),
    "'{{ data_interval_start.isoformat }}'": (
        "`isoformat` is called with parentheses",
        "write `data_interval_start.isoformat()`",
        "'2026-11-21T03:00:00+00:00'",
    ),
    "LIMIT {{ 10 }}": ("two braces hold a date of the run, not `10`", "write `10` without braces", "LIMIT 10"),
    "FROM {{ table }}": (
        "`{{ table }}` has one pair of braces too many: `table` is no date",
        "write `{table}`",
        "FROM {table}",
    ),
}


@pytest.mark.parametrize("sql", FIXES)
def test_fix_is_right(sql: str) -> None:
    message, fix, made = FIXES[sql]
    (found,) = mistakes(sql, POSTGRES)
    assert (found.message, found.fix) == (message, fix)
    instead = fix.split("`")[1]
    written = sql[found.place.offset : found.place.end]
    if instead.startswith("{{") and not written.startswith("{{"):
        instead = instead[3:-3]
    fixed = sql[: found.place.offset] + instead + sql[found.place.end :]
    assert mistakes(fixed, POSTGRES) == ()
    assert filled_in(fixed, DATES, POSTGRES) == made


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("{% if ds > '2030-01-01' %}{{ ds - 7 }}{% endif %}", "`ds` is a text; no days can be added to it"),
        ("{{ ds if ds else data_interval_start.nothing }}", "`data_interval_start` is a moment and has no `nothing`"),
        ("{{ ds and ds.nothing }}", "`ds` is a text and has no `nothing`"),
        ("{% if ds > 7 %}{% endif %}", "a text and a number cannot be compared by `>`"),
        ("{{ data_interval_start > ds }}", "a moment and a text cannot be compared by `>`"),
        ("{{ data_interval_start + data_interval_end }}", "`+` means nothing between a moment and a moment"),
        ("{{ data_interval_end - data_interval_start }}", "a span of time cannot stand in SQL"),
        ("{{ macros.ds_add(ds, '7') }}", "`ds_add` can make nothing of a text and a text"),
        ("{{ data_interval_start.strftime(7) }}", "`strftime` can make nothing of a moment and a number"),
        ("{{ data_interval_start.add(7) | ds }}", ""),
        ("{% if false %}{% set x = 1 %}{% endif %}{{ x }}", "`x` has no value here: `set` stands elsewhere"),
        ("{{ ds | int }}", "this cannot be worked out with the dates of a run"),
    ],
)
def test_what_no_run_could_fill_in_is_told(sql: str, message: str) -> None:
    """Lint tries each template once, also the branches to which the dates of the sample do not lead."""
    assert [found.message for found in mistakes(sql, POSTGRES)] == ([message] if message else [])
