"""Rendering as a run does it, and the way back to the file."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.lint.dry_run.render import rendered, yesterday
from summary_tables.lint.dry_run.source_map import MappedText
from summary_tables.model.placeholders import fill_fresh_table, fill_names
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.error import TemplateError

_DAY = datetime(2026, 11, 21, tzinfo=UTC)


def _rendered(source: str, timezone: str = "UTC") -> MappedText:
    table = SummaryTable(table="nps", schema="analytics", timezone=timezone)
    return rendered(source, table, fresh_table='"pg_temp"."fresh"', day=_DAY, dialect=POSTGRES)


def test_the_days_of_the_sample_run_are_those_of_the_zone() -> None:
    rendered = _rendered("{{ ds }} {{ data_interval_start }} {{ data_interval_end | ts }}", "Asia/Seoul")
    assert rendered.text == "2026-11-21 2026-11-21 00:00:00+09:00 2026-11-22T00:00:00+09:00"


@pytest.mark.parametrize(
    ("source", "sql"),
    [
        ("SELECT 1", "SELECT 1"),
        ("", ""),
        ("'{{ ds }}' {{ ds_nodash }}", "'2026-11-21' 20261121"),
        ("{{ data_interval_start }}", "2026-11-21 00:00:00+00:00"),
        ("{{ data_interval_end | ds }}", "2026-11-22"),
        ("{{ logical_date | ts_nodash }}{{ ts_nodash_with_tz }}", "20261121T00000020261121T000000+0000"),
        ("{{ data_interval_end | ds_nodash }} {{ logical_date | ts }}", "20261122 2026-11-21T00:00:00+00:00"),
        ("{{ logical_date | ts_nodash_with_tz }}", "20261121T000000+0000"),
        ("{{ macros.ds_add(ds, -1) }}", "2026-11-20"),
        ("{{ macros.ds_format(ds, '%Y-%m-%d', '%d.%m.%Y') }}", "21.11.2026"),
        ("{{ (macros.datetime(2026, 1, 1) + macros.timedelta(days=1)) | ds }}", "2026-01-02"),
        ("{{ data_interval_start.subtract(days=1).to_date_string() }}", "2026-11-20"),
        ("FROM {schema}.temp_{table} JOIN {schema}.{table}", 'FROM "pg_temp"."fresh" JOIN analytics.nps'),
        ("{{ ds_nodash }}_{table}{# {table} #}", "20261121_nps"),
        ("{{ '}}' }}{table}", "}}nps"),
        ("{% for n in range(2) %}{table}{{ n }}, {% endfor %}{schema}", "nps0, nps1, analytics"),
        ("{% set x %}{{ ds }}{% endset %}{{ x }}", "2026-11-21"),
        ("{% raw %}{{ ds }}{% endraw %}", "{{ ds }}"),
        ("a\n", "a\n"),
        ("{{ ds }}\r\n", "2026-11-21\r\n"),
        ("'{other}' \U0001f600 {{ ds ~ '\U0001f600' }}", "'{other}' \U0001f600 2026-11-21\U0001f600"),
    ],
)
def test_rendering(source: str, sql: str) -> None:
    assert _rendered(source).text == sql


@pytest.mark.parametrize(
    ("source", "word", "written"),
    [
        ("SELECT {{ ds }}, scor FROM {schema}.x", "scor", "scor"),
        ("SELECT {{ ds }}, scor FROM {schema}.x", "analytics", "{schema}"),
        ("SELECT {{ ds }}, scor FROM {schema}.x", "analytics.x", "{schema}.x"),
        ("SELECT {{ ds }}, scor FROM {schema}.x", "11", "{{ ds }}"),
        ("SELECT '{{ ds }}' FROM {schema}.temp_{table} t", '"fresh"', "{schema}.temp_{table}"),
        ("a {# c #} b{% if ds %} c {{ ds }}x{% endif %} d", " c", " c"),
        ("a {# c #} b{% if ds %} c {{ ds }}x{% endif %} d", "21x", "{{ ds }}x"),
        ("a {# c #} b{% if ds %} c {{ ds }}x{% endif %} d", " d", " d"),
        ("{{ ds }}\n{%- if ds -%}\n  scor\n{%- endif %} 주문 d", "scor", "scor"),
        ("\U0001f600 {{ ds }} \U0001f600d", "\U0001f600d", "\U0001f600d"),
    ],
)
def test_way_back(source: str, word: str, written: str) -> None:
    text = _rendered(source)
    start, length = text.span(text.text.index(word), len(word))
    assert source[start : start + length] == written


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{{ dss }}", "`dss` is not known in a query; fix: write `{{ ds }}`"),
        ("{{ ds.x.y }}", "`ds` is a text and has no `x`; fix: it has "),
        ("{{ ds | nothing }}", "`nothing` is not a filter; fix: there are "),
        ("{% for %}", "this `{% for ... %}` is never closed; fix: add `{% endfor %}` where it ends"),
        ("{{ ds", "this `{{` is never closed; fix: add `}}` where it ends"),
        ("{{ ''.__class__.__mro__ }}", "two braces hold a date of the run, not `''.__class__.__mro__`"),
        ("{{ ds ~ 1 / 0 }}", "this cannot be worked out with the dates of a run"),
    ],
)
def test_template_that_fails(source: str, reason: str) -> None:
    with pytest.raises(TemplateError) as raised:
        _rendered(source)
    assert str(raised.value).startswith(reason)


_PIECES = st.lists(
    st.sampled_from(["{schema}", "{table}", "{schema}.temp_{table}", "{x}", "{", "}", " ", "a", "주", "\n"])
)


@given(_PIECES.map("".join).filter(lambda text: "{{" not in text))
def test_names_are_filled_as_a_run_fills_them(source: str) -> None:
    text = _rendered(source)
    fresh = fill_fresh_table(source, '"pg_temp"."fresh"')
    assert text.text == fill_names(fresh, schema="analytics", table="nps")
    for offset, character in enumerate(text.text):
        start, length = text.span(offset, 1)
        assert source[start] == character or source[start : start + length].startswith("{")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_does_anything_but_render_or_fail_in_words(source: str) -> None:
    try:
        text = _rendered(source)
    except TemplateError:
        return
    assert all(0 <= text.origin(offset) <= len(source) for offset in range(len(text.text) + 1))


def test_yesterday_is_a_day_in_utc() -> None:
    day = yesterday()
    assert (day.hour, day.minute, day.second, day.microsecond, day.tzinfo) == (0, 0, 0, 0, UTC)
    assert day < datetime.now(UTC)
