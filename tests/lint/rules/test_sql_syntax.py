"""Where the grammar stops; the corpus has each mistake. Here: one mistake is one message, whichever rule speaks."""

from pathlib import Path

import pytest

from summary_tables.lint.engine import lint
from summary_tables.lint.rules import sql_syntax
from tests.lint.rules.one_rule import config, said

ONE_MESSAGE = {
    "SELECT a FROM t WHERE (b = 1": "select-only",
    "SELECT a FROM t WHERE b = 'x": "select-only",
    "SELEC a FROM t": "select-only",
    "SELECT a FROM {tabel}": "placeholder",
    "SELECT a FROM {{ table }} t u v": "template",
    "SELECT a FROM t WHERE {{ dss }} {{ ds_nodash }}": "template",
    "SELECT a FROM t WHERE b = DATE {{ ds }}": "date-quotes",
    "SELECT a FORM t WHERE b = '{{ ds }}'": "sql-syntax",
    "SELECT a FROM t WHERE b = \u2018x\u2019": "curly-quote",
}


@pytest.mark.parametrize("sql", ONE_MESSAGE)
def test_one_mistake_is_one_message(sql: str, tmp_path: Path) -> None:
    configs = tmp_path / "dag_configs"
    configs.mkdir()
    (configs / "t.yaml").write_text(config(sql), "utf-8")
    errors = [problem.rule for problem in lint([configs]).problems if problem.level == "error"]
    assert errors == [ONE_MESSAGE[sql]]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS a {{ 'FROM t' if ds > '2026-01-01' else '' }}",
        "SELECT a FROM t {% if ds > '2026-01-01' %} WHERE b {% else %} WHERE c {% endif %}",
        "SELECT {% for n in [1, 2] %} {{ n }} AS n{{ n }}, {% endfor %} 3 AS n",
    ],
)
def test_silent_where_only_a_run_knows_the_query(sql: str, tmp_path: Path) -> None:
    assert said(sql_syntax.RULE, tmp_path, config(sql)) == []


def test_place_counts_characters(tmp_path: Path) -> None:
    sql = "SELECT '한글 😀' AS 이름,\n  count(*) AS 수,\nFROM 원본"
    assert said(sql_syntax.RULE, tmp_path, config(sql)) == [
        "5:18+1 error: the comma before FROM has nothing after it; fix: delete the comma"
    ]


def test_placeholders_are_quoted_as_they_are_written(tmp_path: Path) -> None:
    more = (
        "output_check:\n  - sql: SELECT COUNT(1) FROM {schema}.temp_{table} WHERE a = 1 {table}.b = 2\n    count: 1\n"
    )
    assert said(sql_syntax.RULE, tmp_path, config("SELECT 1 AS a", more)) == [
        "6:65+9 error: AND or OR is missing before `{table}.b`; "
        "fix: write `AND {table}.b`, or `OR {table}.b` if one of the two is enough"
    ]
