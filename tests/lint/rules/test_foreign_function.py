"""Functions of other databases; the case has the messages, here is what must pass."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import foreign_function
from tests.lint.rules.one_rule import config, said

REDSHIFT = "warehouse: {dialect: redshift}\n"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COALESCE(a, b) AS c, STRING_AGG(d, ', ') AS e FROM s.t",
        "SELECT tools.if(a, b, c) AS d, \"if\"(a) AS e, 'IF(a)' AS f, len AS g FROM s.t -- IF(a)",
        "WITH len (year) AS (SELECT 1) SELECT year FROM len",
        "SELECT ANY_VALUE(a) AS a, DATE_ADD(b, '1 day') AS b FROM s.t",
    ],
)
def test_silent(sql: str, tmp_path: Path) -> None:
    assert said(foreign_function.RULE, tmp_path, config(sql)) == []


def test_a_query_that_the_grammar_refuses_is_not_judged(tmp_path: Path) -> None:
    assert said(foreign_function.RULE, tmp_path, config("SELECT IF(a, b, c) AS d FROM FROM s.t")) == []


def test_each_warehouse_has_its_own(tmp_path: Path) -> None:
    sql = config("SELECT NVL(a, b) AS c, IFF(d, 1, 2) AS e FROM s.t")
    assert said(foreign_function.RULE, tmp_path, sql) == [
        "4:10+3 warning: PostgreSQL has no function `NVL` of its own; fix: write `COALESCE(a, b)`",
        "4:26+3 warning: PostgreSQL has no function `IFF` of its own; fix: write `CASE WHEN ... THEN ... ELSE ... END`",
    ]
    assert said(foreign_function.RULE, tmp_path, sql, defaults=REDSHIFT) == [
        "4:26+3 warning: Redshift has no function `IFF` of its own; fix: write `CASE WHEN ... THEN ... ELSE ... END`"
    ]
