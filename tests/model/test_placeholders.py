"""`{schema}` and `{table}`: replaced exactly, and nothing else with braces is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.model.placeholders import fill_fresh_table, fill_names


@pytest.mark.parametrize(
    ("sql", "filled"),
    [
        ("SELECT * FROM {schema}.{table}", "SELECT * FROM analytics.nps"),
        ("SELECT '{table}_old'", "SELECT 'nps_old'"),
        ("{{table}} {{ schema }} {{{table}}}", "{{table}} {{ schema }} {{{table}}}"),
        ("'{a,b}'::text[] {} {0} {Table} { table } ${table}", "'{a,b}'::text[] {} {0} {Table} { table } $nps"),
    ],
)
def test_names(sql: str, filled: str) -> None:
    assert fill_names(sql, schema="analytics", table="nps") == filled


@pytest.mark.parametrize(
    ("sql", "filled"),
    [
        ("SELECT COUNT(1) FROM {schema}.temp_{table} t", 'SELECT COUNT(1) FROM "v"."n\\1" t'),
        (
            "{schema}.{table} {temp}_{table} {{schema}.temp_{table}}",
            "{schema}.{table} {temp}_{table} {{schema}.temp_{table}}",
        ),
    ],
)
def test_fresh_table(sql: str, filled: str) -> None:
    assert fill_fresh_table(sql, '"v"."n\\1"') == filled


@given(st.text(alphabet="{}schematbl._ '\n"))
def test_text_without_placeholders_stays(sql: str) -> None:
    if "{schema}" not in sql and "{table}" not in sql:
        assert fill_fresh_table(fill_names(sql, schema="a", table="b"), "c") == sql
