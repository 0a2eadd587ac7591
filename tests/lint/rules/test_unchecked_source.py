"""Sources at which no input check looks."""

from pathlib import Path

from summary_tables.lint.rules import unchecked_source
from tests.lint.rules.one_rule import config, said

MAIN_SQL = "SELECT a.id\nFROM raw_data.nps AS a\nJOIN raw_data.users AS b USING (id)"
NPS_CHECK = "input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.nps\n    count: 1\n"


def test_checked_and_built_sources(tmp_path: Path) -> None:
    both = NPS_CHECK + "  - sql: SELECT COUNT(1) FROM users WHERE id > 0\n    count: 1\n"
    assert said(unchecked_source.RULE, tmp_path, config(MAIN_SQL, both)) == []
    other = config("SELECT 1 AS one", name="other")
    main_sql = "SELECT one FROM analytics.other, analytics.broken, pg_class, {schema}.{table}"
    assert said(unchecked_source.RULE, tmp_path, config(main_sql), other=other, broken="table: broken\n") == []


def test_check_of_a_misspelt_table_is_for_another_rule(tmp_path: Path) -> None:
    more = NPS_CHECK + "  - sql: SELECT COUNT(1) FROM raw_data.user\n    count: 1\n"
    assert said(unchecked_source.RULE, tmp_path, config(MAIN_SQL, more)) == []


def test_all_unchecked_sources_are_one_finding(tmp_path: Path) -> None:
    assert said(unchecked_source.RULE, tmp_path, config(MAIN_SQL)) == [
        "5:8+12 info: no input check looks at raw_data.nps and raw_data.users; "
        "if nothing is in there, the table is built all the same; "
        "fix: add\ninput_check:\n"
        "  - sql: SELECT COUNT(1) FROM raw_data.nps\n    count: 1\n"
        "  - sql: SELECT COUNT(1) FROM raw_data.users\n    count: 1"
    ]


def test_names_stay_as_they_are_written(tmp_path: Path) -> None:
    main_sql = 'SELECT 1 AS one FROM "Raw Data".nps, {schema}.log_{{ ds_nodash }}'
    assert said(unchecked_source.RULE, tmp_path, config(main_sql)) == [
        "4:24+14 info: no input check looks at Raw Data.nps and {schema}.log_{{ ds_nodash }}; "
        "if nothing is in there, the table is built all the same; fix: add\ninput_check:\n"
        '  - sql: SELECT COUNT(1) FROM "Raw Data".nps\n    count: 1\n'
        "  - sql: SELECT COUNT(1) FROM {schema}.log_{{ ds_nodash }}\n    count: 1"
    ]


def test_lines_are_added_to_the_checks_that_are_there(tmp_path: Path) -> None:
    assert said(unchecked_source.RULE, tmp_path, config(MAIN_SQL, NPS_CHECK)) == [
        "6:8+14 info: no input check looks at raw_data.users; if nothing is in there, the table is built all the same; "
        "fix: add to `input_check`:\n  - sql: SELECT COUNT(1) FROM raw_data.users\n    count: 1"
    ]


def test_nothing_is_said_while_a_check_cannot_be_read(tmp_path: Path) -> None:
    more = "input_check:\n  - sql: SELECT COUNT(1) FORM raw_data.users\n    count: 1\n"
    assert said(unchecked_source.RULE, tmp_path, config(MAIN_SQL, more)) == []
