"""What is sent to compare two tables. That it counts right: `tests/warehouse/postgres/test_data_diff_property.py`."""

import pytest

from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.postgres.comparable_type import FLOAT_NOISE, REAL_NOISE, compared_as
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.comparing import ComparedAs, ComparedColumn, Comparison
from tests.sql.statements.golden_statements import assert_golden_statements


def column(name: str, before: str, after: str = "", **values: bool) -> ComparedColumn:
    return ComparedColumn(before=name, after=name, compared_as=compared_as(before, after or before), **values)


_KEYED = Comparison(
    before='"analytics"."nps_summary"',
    after='"pg_temp"."summary_tables_rows"',
    key=(column("date", "date"), column('größe "1"', "character varying(5)", "text")),
    columns=(
        column("nps", "numeric(5,2)", "numeric"),
        column("share", "double precision"),
        column("who", "text", hidden=True),
        column("tags", "text[]"),
        column("data", "json"),
        column("mood", "analytics.mood"),
        ComparedColumn(before="old", after="new", compared_as=compared_as("date", "date"), guess=True),
    ),
)
_CAREFUL = Comparison(
    before=_KEYED.before, after=_KEYED.after, key=_KEYED.key, columns=_KEYED.columns[:1], every=4, careful=True
)
_WHOLE = Comparison(before=_KEYED.before, after=_KEYED.after, key=(), columns=_KEYED.columns[:2], every=4)


def test_statements() -> None:
    sql = postgres.statements("summary_tables").comparing
    assert sql is not None
    assert_golden_statements(
        "postgres_compare",
        [
            sql.count_rows(_WHOLE, "after"),
            sql.has_repeated_key(_KEYED, "before"),
            sql.estimate("SELECT 1"),
            sql.matched(_KEYED),
            sql.matched(_CAREFUL),
            sql.repeated(_CAREFUL),
            sql.whole_rows(_WHOLE),
            sql.statistics(_KEYED, "after", range(3)),
            sql.frequent_values(_KEYED, "before", 5, 5),
            sql.frequent_values(_KEYED, "after", 2, 0),
            sql.examples(_KEYED, (0, 1), ("0.4", None, None, None, None, None, None), 5, 200),
            sql.whole_examples(_WHOLE, (0,), 5, 200),
        ],
    )


def test_a_warehouse_without_it() -> None:
    assert redshift.statements("summary_tables").comparing is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("integer", "integer", ComparedAs(kind="whole")),
        ("integer", "bigint", ComparedAs(kind="whole", cast="bigint")),
        ("numeric(5,2)", "numeric", ComparedAs(kind="number")),
        ("integer", "numeric(5,2)", ComparedAs(kind="number", cast="numeric")),
        ("double precision", "double precision", ComparedAs(kind="float", tolerance=FLOAT_NOISE)),
        ("real", "double precision", ComparedAs(kind="float", cast="double precision", tolerance=REAL_NOISE)),
        ("numeric", "double precision", ComparedAs(kind="number", cast="numeric", tolerance=FLOAT_NOISE)),
        ("text", 'text COLLATE "C"', ComparedAs(kind="text")),
        ("character varying(5)", "character(2)", ComparedAs(kind="text", cast="text")),
        ("date", "date", ComparedAs(kind="time")),
        ("date", "timestamp(3) without time zone", ComparedAs(kind="time", cast="timestamp without time zone")),
        (
            "timestamp with time zone",
            "timestamp without time zone",
            ComparedAs(kind="time", cast="timestamp with time zone"),
        ),
        ("interval", "interval", ComparedAs(kind="time")),
        ("json", "jsonb", ComparedAs(kind="json", cast="jsonb")),
        ("integer[]", "integer[]", ComparedAs(kind="list")),
        ("character varying(5)[]", "character varying(5)[]", ComparedAs(kind="list", cast="text[]")),
        ("point[]", "point[]", ComparedAs(kind="other", cast="text")),
        ("boolean", "boolean", ComparedAs(kind="other")),
        ("analytics.mood", "analytics.mood", ComparedAs(kind="other", cast="text")),
        ("text", "date", ComparedAs(kind="text", cast="text")),
        ("boolean", "integer", ComparedAs(kind="text", cast="text")),
    ],
)
def test_how_types_are_compared(before: str, after: str, expected: ComparedAs) -> None:
    assert compared_as(before, after) == expected
    assert compared_as(after, before) == expected
