"""Functions that PostgreSQL has, with what they do not take."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import argument_type
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "expression",
    [
        "ROUND(score, 2)",
        "ROUND(score::numeric, 2)",
        "ROUND(AVG(score::int), 2)",
        "ROUND(1.5 * COUNT(*), 2)",
        "ROUND(x::my_type, 2)",
        "tools.round(x::float, 2)",
        "DATE_TRUNC('month', ts)",
        "DATE_TRUNC('month', '{{ ds }}'::date)",
        "EXTRACT(year FROM '{{ ds }}'::timestamp)",
        "my_function('a', 1)",
        "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x::text)",
        "COALESCE(x::float, 0)",
        "STRING_AGG(name, ',')",
        "CONCAT(1, 'a', now())",
        "DATE('2026-01-01')",
    ],
)
def test_what_functions_take_or_what_is_not_known(expression: str, tmp_path: Path) -> None:
    assert said(argument_type.RULE, tmp_path, config(f"SELECT {expression} AS a FROM raw_data.a")) == []


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (
            "ROUND(x::float, 2)",
            "5:3+5 warning: PostgreSQL's own `ROUND` does not take (double precision, integer); "
            "it takes (numeric, integer); fix: write `ROUND(x::float::numeric, 2)`",
        ),
        (
            "round(1 + CAST(x AS real) * 100, 2)",
            "5:3+5 warning: PostgreSQL's own `round` does not take (double precision, integer); "
            "it takes (numeric, integer); fix: write `round((1 + CAST(x AS real) * 100)::numeric, 2)`",
        ),
        (
            "LENGTH(5)",
            "5:3+6 warning: PostgreSQL's own `LENGTH` does not take (integer); it takes (text) or (char) or (lseg) or "
            "(path) and 3 others; fix: write `LENGTH(5::text)`",
        ),
        (
            "SUM(x::boolean)",
            "5:3+3 warning: PostgreSQL's own `SUM` does not take (boolean); it takes (bigint) or (integer) or "
            "(smallint) or (real) and 4 others; fix: write `SUM(x::boolean::integer)`",
        ),
        (
            "MIN(x::uuid)",
            "5:3+3 warning: PostgreSQL's own `MIN` does not take (uuid); it takes (anyarray) or (bigint) or (integer) "
            "or (smallint) and 20 others; fix: write `MIN(x::uuid::text)`",
        ),
        (
            "SUM(x::date)",
            "5:3+3 warning: PostgreSQL's own `SUM` does not take (date); it takes (bigint) or (integer) or "
            "(smallint) or (real) and 4 others; fix: ",
        ),
        (
            "DATE_TRUNC('month', '{{ ds }}')",
            "5:3+10 warning: PostgreSQL cannot tell which `DATE_TRUNC` is meant: the types of what it is given are not "
            "known; fix: say the type of each text in quotes, e.g. `'2026-01-31'::date`",
        ),
        (
            "SUM(1, 2)",
            "5:3+3 warning: PostgreSQL's own `SUM` does not take (integer, integer), nor any 2 arguments; fix: ",
        ),
    ],
)
def test_what_they_do_not_take(expression: str, words: str, tmp_path: Path) -> None:
    text = config(f"SELECT\n{expression} AS a\nFROM raw_data.a")
    assert said(argument_type.RULE, tmp_path, text) == [words]


def test_another_warehouse_has_other_functions(tmp_path: Path) -> None:
    text = config("SELECT ROUND(x::float, 2) AS a FROM raw_data.a")
    assert said(argument_type.RULE, tmp_path, text, defaults="warehouse: {dialect: redshift}\n") == []
