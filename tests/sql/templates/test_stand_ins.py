"""SQL with template pieces becomes text of the same length that a parser can read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.parser import parse
from summary_tables.sql.query import Query
from summary_tables.sql.templates.stand_ins import SCHEMA_NAME, TABLE_NAME, filled, may_become_more

FILLED = {
    "SELECT 1": "SELECT 1",
    "FROM {schema}.temp_{table}": f"FROM {SCHEMA_NAME}.temp_{TABLE_NAME}",
    "d = '{{ ds }}'": "d = 'xxxxxxxx'",
    "events_{{ ds_nodash }}_x": "events_xxxxxxxxxxxxxxx_x",
    "LIMIT {{ 10 }}": "LIMIT 11111111",
    "a {# what #} b": "a            b",
    "a -- {{ ds }}\nb": "a -- xxxxxxxx\nb",
    "'{{ f(\"}}\") }}' {{ ds }}": "'xxxxxxxxxxxxx' xxxxxxxx",
    "{{ ds\n}} a": "xxxxxxxx a",
    "{{- ds -}}": "xxxxxxxxxx",
    "{{ a }}{{ b }}": "xxxxxxxxxxxxxx",
    "{% set n = 7 %}SELECT {{ n }}": "               SELECT xxxxxxx",
    "{tabel} '{1,2}' {{table}}": "{tabel} '{1,2}' xxxxxxxxx",
    "SELECT {{ open": "SELECT {{ open",
    "{%- raw %}'{{a}} {schema}'{% endraw %} {table}": f"          '{{{{a}}}} {{schema}}'             {TABLE_NAME}",
}


@pytest.mark.parametrize("sql", FILLED)
def test_filled(sql: str) -> None:
    assert filled(sql) == FILLED[sql]
    assert len(FILLED[sql]) == len(sql)


@pytest.mark.parametrize(
    "sql", ["SELECT 1 {% if ds %} AS a {% endif %}", "{% for n in [1] %}{{ n }}{% endfor %}", "{% if ds %}"]
)
def test_query_that_only_a_run_knows(sql: str) -> None:
    assert filled(sql) is None


@example("{{{{schema}}}}")
@example("{schema}{table}{#{{%}}")
@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{schema}", "{table}", "{#", "#}", "{", "}", "'", '"', " ", "\n", "a", "한"])
    ).map("".join)
)
def test_length_stays(sql: str) -> None:
    text = filled(sql)
    assert text is not None
    assert len(text) == len(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM t_{{ ds_nodash }} WHERE d = '{{ ds }}' LIMIT {{ 10 }} -- {{ ds }}",
        "SELECT a{{ ds_nodash }}, '{{ macros.ds_add(ds, -7) }}'::date FROM {schema}.{table} WHERE n = {{ ds_nodash }}",
    ],
)
def test_filled_query_is_read(sql: str) -> None:
    assert isinstance(parse(filled(sql) or "", POSTGRES), Query)


@pytest.mark.parametrize(
    ("sql", "may"),
    [
        ("SELECT {{ ds_nodash }}", False),
        ("SELECT {{ macros.ds_add(ds, -1) }}", False),
        ("SELECT '{{ 'a b' if ds else 'c' }}'", False),
        ("SELECT \"{{ 'a b' }}\"", False),
        ("SELECT 1 -- {{ 'a' ~ 'b' }}", True),
        ("SELECT 1 {{ 'AND b' if ds > '2026' else '' }}", True),
        ("SELECT 1 {% if ds %}{% endif %}", True),
    ],
)
def test_piece_that_may_become_anything(sql: str, may: bool) -> None:
    assert may_become_more(sql, POSTGRES) is may
