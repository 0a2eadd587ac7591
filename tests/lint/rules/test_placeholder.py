"""Braces that somebody meant as a placeholder; the corpus has each mistake, here is what must pass."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import placeholder
from tests.lint.rules.one_rule import config, said

OUTPUT = "output_check:\n  - sql: |\n      {}\n    count: 1\n"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COUNT(1) FROM {schema}.temp_{table}",
        "SELECT (SELECT COUNT(1) FROM {schema}.temp_{table}) - (SELECT COUNT(1) FROM {schema}.{table})",
        "SELECT COUNT(1) FROM {schema}.{table} -- {tabel}, ${table}",
        "SELECT COUNT(1) FROM t WHERE a = '{table}' OR b = '{\"a\": {1}}' OR c = $x$ {tabel} $x$",
        "SELECT COUNT(1) FROM {schema}.daily_{table} WHERE d = '{{ ds }}'",
        'SELECT COUNT(1) FROM {schema}.{table}_daily, "{odd}"',
        "SELECT COUNT(1) /* {schema}.tmp_{table} */ FROM {schema}.temp_{table}",
    ],
)
def test_silent(sql: str, tmp_path: Path) -> None:
    assert said(placeholder.RULE, tmp_path, config("SELECT '{1,2}'::int[] AS a", OUTPUT.format(sql))) == []


def test_all_that_may_stand_there_is_named(tmp_path: Path) -> None:
    more = OUTPUT.replace("{}", "SELECT COUNT(1) FROM {env}.t")
    assert said(placeholder.RULE, tmp_path, config("SELECT a FROM {env}.t", more)) == [
        "4:17+5 error: `{env}` is not a placeholder; fix: the placeholders here are `{schema}` and `{table}`",
        "7:28+5 error: `{env}` is not a placeholder; "
        "fix: the placeholders here are `{schema}`, `{table}` and `{schema}.temp_{table}`",
    ]


def test_table_of_another_prefix_is_somebodys_own_in_a_query(tmp_path: Path) -> None:
    assert said(placeholder.RULE, tmp_path, config("SELECT a FROM {schema}.tmp_{table}")) == []


def test_new_version_with_blanks_is_not_replaced(tmp_path: Path) -> None:
    more = OUTPUT.replace("{}", "SELECT COUNT(1) FROM {schema} . temp_{table}")
    assert said(placeholder.RULE, tmp_path, config("SELECT a FROM t", more)) == [
        "7:28+23 error: `{schema} . temp_{table}` is not the new version of the table; "
        "fix: write `{schema}.temp_{table}`"
    ]
