"""Comparisons with NULL."""

from pathlib import Path

from summary_tables.lint.rules import null_comparison
from tests.lint.rules.one_rule import config, said


def test_questions_that_null_answers(tmp_path: Path) -> None:
    main_sql = "SELECT id FROM raw_data.a WHERE x IS NULL AND y IS NOT NULL AND z IS DISTINCT FROM NULL"
    assert said(null_comparison.RULE, tmp_path, config(main_sql)) == []


def test_comparisons_in_every_query(tmp_path: Path) -> None:
    main_sql = "SELECT id FROM raw_data.a\nWHERE x = NULL OR y <> NULL OR z != NULL"
    more = "input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.a WHERE id = NULL\n    count: 1\n"
    assert said(null_comparison.RULE, tmp_path, config(main_sql, more)) == [
        "5:11+6 warning: `= NULL` is never true: nothing equals NULL; fix: write `IS NULL`",
        "5:23+7 warning: `<> NULL` is never true: nothing equals NULL; fix: write `IS NOT NULL`",
        "5:36+7 warning: `!= NULL` is never true: nothing equals NULL; fix: write `IS NOT NULL`",
        "7:51+6 warning: `= NULL` is never true: nothing equals NULL; fix: write `IS NULL`",
    ]
