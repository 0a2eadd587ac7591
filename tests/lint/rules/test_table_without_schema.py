"""Tables that are named without their schema."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import table_without_schema
from tests.lint.rules.one_rule import config, said

CHECK = "output_check:\n  - {{sql: SELECT COUNT(1) FROM {}, count: 1}}\n"


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT id FROM raw_data.nps",
        "WITH nps AS (SELECT id FROM raw_data.nps) SELECT id FROM nps",
        "SELECT relname FROM pg_class",
        "SELECT n FROM generate_series(1, 3) AS n",
    ],
    ids=["schema", "cte", "catalog", "function"],
)
def test_tables_with_schema_and_what_needs_none(main_sql: str, tmp_path: Path) -> None:
    assert said(table_without_schema.RULE, tmp_path, config(main_sql)) == []


@pytest.mark.parametrize("table", ["t", "temp_t"])
def test_own_table_in_an_output_check_is_for_another_rule(table: str, tmp_path: Path) -> None:
    more = "output_check:\n  - sql: SELECT COUNT(1) FROM " + table + "\n    count: 1\n"
    assert said(table_without_schema.RULE, tmp_path, config("SELECT 1 AS one", more)) == []


def test_elsewhere_the_same_name_may_be_any_table(tmp_path: Path) -> None:
    more = "input_check:\n  - sql: SELECT COUNT(1) FROM temp_t\n    count: 1\n"
    found = said(table_without_schema.RULE, tmp_path, config("SELECT id FROM t", more))
    assert [line.partition(" has no schema")[0] for line in found] == [
        "4:18+1 warning: `t`",
        "6:31+6 warning: `temp_t`",
    ]


def test_each_table_is_said_once_with_its_other_lines(tmp_path: Path) -> None:
    main_sql = "SELECT a.id FROM NPS AS a\nJOIN nps AS b USING (id)\nJOIN users USING (id)"
    more = "input_check:\n  - sql: SELECT COUNT(1) FROM nps\n    count: 1\n"
    assert said(table_without_schema.RULE, tmp_path, config(main_sql, more)) == [
        "4:20+3 warning: `NPS` has no schema, so the warehouse guesses which table is meant (also on lines 5 and 8); "
        "fix: write `schema.NPS` with the schema in which it stands",
        "6:8+5 warning: `users` has no schema, so the warehouse guesses which table is meant; "
        "fix: write `schema.users` with the schema in which it stands",
    ]


def test_schemas_known_in_the_folder_are_named(tmp_path: Path) -> None:
    main_sql = "SELECT id FROM nps JOIN users USING (id) JOIN other USING (id)"
    other = config("SELECT n FROM Raw_Data.NPS JOIN\n  crm.users USING (id)", name="other")
    third = config("SELECT n FROM raw_data.users", name="third")
    assert [
        line.partition("fix: ")[2]
        for line in said(table_without_schema.RULE, tmp_path, config(main_sql), other=other, third=third)
    ] == ["write `raw_data.nps`", "write `crm.users` or `raw_data.users`", "write `analytics.other`"]
