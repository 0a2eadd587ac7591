"""Jinja that a run can fill in; the corpus has each mistake, here is what must pass."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables.lint.rules import template
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.template import mistakes
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT '{{ ds }}' AS a, '{{ts}}' AS b, '{{- data_interval_end -}}' AS c",
        "SELECT '{{ macros.ds_add(ds, -7) }}' AS a, '{{ macros.ds_format(ds, \"%Y-%m-%d\", \"%Y}}\") }}' AS b",
        "SELECT '{{ (data_interval_start - macros.timedelta(days=1)) | ds }}' AS a",
        'SELECT \'{{ data_interval_end.in_timezone("Asia/Seoul").date() }}\' AS a, \'{{ ds.replace("-", "") }}\' AS b',
        "{% set days = 7 %}SELECT '{{ macros.ds_add(ds, -days) }}' AS a",
        "SELECT 1 AS a{% for n in range(3) if n is odd %}, {{ n }} AS n{{ loop.index }}{% endfor %}",
        "SELECT 1 AS a {# {{ whatever }} #} {% if ds > '2026' %}, 2 AS b {% elif ts %}, 3 AS b {% else %}{% endif %}",
        "SELECT '{% raw %}{{ whatever }}{% endraw %}' AS a",
        "SELECT '{{ '{{' }}params}}' AS a, '}}' AS b, '%}' AS c",
        "SELECT '{{ ds | upper | default(\"x\") }}' AS a",
    ],
)
def test_silent(sql: str, tmp_path: Path) -> None:
    assert said(template.RULE, tmp_path, config(sql)) == []


def test_place_is_that_of_the_name(tmp_path: Path) -> None:
    sql = "SELECT '{{ ds }}' AS 날짜,\n  '{{- macros.ds_add(dss, 1) }}' AS 다음날, '{{ ds if dss else params }}' AS b"
    known = (
        "the names are `logical_date`, `data_interval_start`, `data_interval_end`, `ds`, `ds_nodash`, `ts`, "
        "`ts_nodash`, `ts_nodash_with_tz` and `macros.ds_add`, `macros.ds_format`; "
        "a `{{` that is text is written `{{ '{{' }}`"
    )
    assert said(template.RULE, tmp_path, config(sql)) == [
        "5:24+3 error: `dss` is not known in a query; fix: write `{{ ds }}`",
        "5:54+3 error: `dss` is not known in a query; fix: write `{{ ds }}`",
        f"5:63+6 error: `params` is not known in a query; fix: {known}",
    ]


@settings(max_examples=200, deadline=None)
@example("{% if %}{{ }}{%%}{{{}}}")
@given(
    st.lists(
        st.sampled_from(
            ["{{", "}}", "{%", "%}", "{#", "#}", " ", "ds", "if", "endif", "for", "set", "|", ".", "(", "'", "=", "1"]
        )
    ).map("".join)
)
def test_never_raises(sql: str) -> None:
    for found in mistakes(sql, POSTGRES):
        assert 0 <= found.place.offset < len(sql)
        assert found.message
