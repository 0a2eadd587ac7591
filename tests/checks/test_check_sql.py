"""Names and values as SQL: whatever is in them, and although dates and placeholders are filled in afterwards."""

from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from summary_tables.checks.check_sql import column_sql, table_sql, text_sql, value_sql
from summary_tables.model.placeholders import fill_earlier_builds, fill_fresh_table, fill_live_table, fill_names
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.template import filled_in

DAY = datetime(2026, 11, 22, tzinfo=UTC)
DATES = template_dates(logical_date=DAY, start=DAY, end=DAY, due=DAY)


def filled(sql: str) -> str:
    text = filled_in(sql, DATES, POSTGRES)
    text = fill_live_table(fill_earlier_builds(fill_fresh_table(text, "fresh"), "earlier"), "live")
    return fill_names(text, schema="analytics", table="t")


def read(sql: str) -> str:
    """The value of a literal, by the rules that PostgreSQL and Redshift share."""
    value = ""
    for piece in sql.strip("()").split(" || ") if sql.startswith("(") else [sql]:
        if piece.startswith("CHR("):
            value += chr(int(piece[4:-1]))
        else:
            assert piece[0] == piece[-1] == "'"
            assert "\\" not in piece
            value += piece[1:-1].replace("''", "'")
    return value


@given(st.text(st.sampled_from("ab'\"\\{}%#한😀 \n")))
@example("{{ ds }}")
@example("{schema}.temp_{table}")
@example("{earlier_builds} {live_table}")
@example("{% raw %}{# no #}")
@example("{{{{")
def test_text_comes_through_unharmed(text: str) -> None:
    assert read(filled(text_sql(text))) == text


def test_text_is_readable() -> None:
    assert text_sql("it's {1}") == "'it''s {1}'"
    assert text_sql("\\d{4}") == "('' || CHR(92) || 'd{4}')"


def test_values_are_compared_by_the_type_of_the_column() -> None:
    assert [value_sql(value) for value in (1, -2.5, "2026-11-01", True)] == ["1", "-2.5", "'2026-11-01'", "'true'"]


def test_names() -> None:
    assert table_sql("") == "{schema}.temp_{table}"
    assert table_sql("raw_data.NPS") == '"raw_data"."NPS"'
    assert table_sql("raw_data.nps.v2") == '"raw_data"."nps.v2"'
    assert column_sql('a"b') == '"a""b"'
