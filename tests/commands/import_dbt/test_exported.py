"""What the export wrote in dbt's words means the same when it has come back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from summary_tables.checks import NoRows, SqlCount, check_from_item
from summary_tables.commands.export_dbt.origin import Origin
from summary_tables.commands.export_dbt.run_dates import in_dbt_words
from summary_tables.commands.export_dbt.singular_tests import SingularTest
from summary_tables.commands.import_dbt.exported import counted_check, date_of_test, own_name, own_query
from summary_tables.dbt.records import Relation, Source, UnitTest
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.template import filled_in, statements
from tests.dbt.made_model import made_model

POSTGRES = dialect_of("postgres")
START, END = datetime(2026, 10, 24, 22, 30, tzinfo=UTC), datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
DATES = template_dates(logical_date=START, start=START, end=END, due=END)
ORDERS = made_model("orders", relation=Relation(schema="analytics", table="all_orders"))
EVENTS = Source(
    unique_id="source.shop.raw.events",
    source="raw",
    name="events",
    package="shop",
    relation=Relation(schema="raw_data", table="Events"),
)


@pytest.mark.parametrize(
    "expression",
    [
        "ds",
        "data_interval_end | ds",
        "data_interval_end | ts",
        "data_interval_start.subtract(months=1).start_of('month') | ds_nodash",
        "data_interval_start.add(hours=3) | ts",
        "data_interval_end.in_timezone('Asia/Seoul') | ts",
        "data_interval_end.in_timezone('Asia/Seoul') - macros.timedelta(days=1)",
        "data_interval_end + macros.timedelta(hours=1)",
        "data_interval_end.end_of('month').format('YYYY/M [at 5%] HH')",
        "logical_date.days_in_month",
        "logical_date.end_of('month').day",
        "logical_date.end_of('week').day",
        "logical_date.day_of_week",
        "logical_date.day_of_year",
        "logical_date.week_of_year",
        "logical_date.quarter",
        "logical_date.set(day=1, hour=0) | ts",
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
def test_a_date_of_a_run(expression: str, zone: str) -> None:
    sql = f"SELECT '{{{{ {expression} }}}}'"
    back = own_query(in_dbt_words(sql, statements(sql), zone).sql, (), {})
    assert filled_in(back, DATES, POSTGRES) == filled_in(sql, DATES, POSTGRES)
    assert "moment_" not in back


def test_tables_have_their_names_again() -> None:
    raw = (
        "SELECT * FROM {{ ref('orders') }} JOIN {{ builtins.source('raw', 'events') }} ON {{ this }} {{ ref('other') }}"
    )
    assert own_query(raw, (ORDERS, EVENTS), {"this": "{schema}.{table}"}) == (
        "SELECT * FROM analytics.all_orders JOIN raw_data.\"Events\" ON {schema}.{table} {{ ref('other') }}"
    )


def written(check: SqlCount | NoRows, label: str, head: str, sql: str) -> str:
    """The file of the test that a check of another table's file becomes."""
    origin = Origin.of(check, "input_check", "analytics.daily")
    test = SingularTest(name="x", check=check, origin=origin, looks_at="", label=label, head=head, sql=sql)
    return test.file.text


@pytest.mark.parametrize("op", ["ge", "gt", "le", "lt", "eq", "ne"])
@pytest.mark.parametrize("count", [3, 2.5])
def test_a_query_with_a_number(op: str, count: float) -> None:
    item = {"sql": "SELECT COUNT(*)\nFROM a\n", **({} if op == "ge" else {"op": op}), "count": count}
    check = check_from_item({**item, "severity": "warn"})
    assert isinstance(check, SqlCount)
    head = "-- depends_on: {{ ref('orders') }}\n{%- set ds = 1 -%}\n"
    raw = written(check, "At least\n{{ x }}", head, check.sql)
    assert counted_check(own_query(raw, (), {})) == item
    assert own_name(raw) == "At least {{ x }}"


@pytest.mark.parametrize(
    ("overrides", "zone", "expected"),
    [
        ({"vars": {"data_interval_start": "2026-10-24T22:30:00+00:00"}}, "UTC", "2026-10-24"),
        ({"vars": {"data_interval_start": "2026-10-24T22:30:00+00:00"}}, "Asia/Seoul", "2026-10-25"),
        ({"vars": {"data_interval_start": 3}}, "UTC", ""),
        ({"vars": {}}, "UTC", ""),
        ({}, "UTC", ""),
    ],
)
def test_the_day_of_a_unit_test(overrides: dict[str, Any], zone: str, expected: str) -> None:
    unit_test = UnitTest(
        unique_id="unit_test.shop.orders.x", name="x", model="orders", package="shop", overrides=overrides
    )
    assert date_of_test(unit_test, zone) == expected


def test_a_query_that_finds_rows() -> None:
    check = check_from_item({"no_rows": "SELECT 1 AS a\n"})
    assert isinstance(check, NoRows)
    raw = written(check, "l" * 90, "", check.query)
    assert own_query(raw, (), {}) == "SELECT 1 AS a\n"
    assert counted_check(own_query(raw, (), {})) is None
    assert own_name(raw) == "l" * 80
    assert own_name("SELECT 1") == ""
