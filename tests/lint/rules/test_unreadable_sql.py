"""Where SQL cannot be read, `sql_syntax` speaks; rules about what it says have nothing to go by."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import RULES
from summary_tables.lint.rules.rule import Rule
from summary_tables.sql.parser import MAX_CHARACTERS
from tests.lint.rules.one_rule import config, said

ABOUT_READING = {"sql-syntax", "query-too-long", "template", "placeholder", "date-quotes"}
MISTAKE = "SELECT *, a, a, COUNT(1) FORM t WHERE x = NULL AND ts < NOW() LIMIT 3"
TOO_LONG = f"SELECT * FROM t WHERE x = NULL AND ts < NOW() OR name = '{'x' * MAX_CHARACTERS}' ORDER BY 1"


@pytest.mark.parametrize("sql", [MISTAKE, TOO_LONG], ids=["mistake", "too long"])
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.stage == "lint"], ids=lambda rule: rule.id)
def test_nothing_is_said_of_what_it_means(rule: Rule, sql: str, tmp_path: Path) -> None:
    if rule.id in ABOUT_READING:
        return
    check = f"  - sql: |\n      {sql}\n    count: 0\n"
    more = f"indexes: [{{columns: [z]}}]\ninput_check:\n{check}output_check:\n{check}"
    assert said(rule, tmp_path, config(sql, more)) == []
