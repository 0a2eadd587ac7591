"""Input checks of what the query does not read."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import input_check_source
from tests.lint.rules.one_rule import config, said

MAIN_SQL = "SELECT a.id FROM raw_data.nps AS a JOIN raw_data.users AS b USING (id)"


def checks(*queries: str) -> str:
    return "input_check:\n" + "".join(f"  - sql: {query}\n    count: 1\n" for query in queries)


def test_checks_that_have_to_do_with_the_query(tmp_path: Path) -> None:
    more = checks(
        "SELECT COUNT(1) FROM raw_data.nps",
        "SELECT COUNT(1) FROM RAW_DATA.Users",
        "SELECT COUNT(1) FROM nps",
        "SELECT COUNT(1) FROM raw_data.log JOIN raw_data.nps USING (id)",
        "SELECT COUNT(1) FROM information_schema.tables",
        "SELECT COUNT(1) FROM {schema}.{table}",
        "SELECT 1",
    )
    assert said(input_check_source.RULE, tmp_path, config(MAIN_SQL, more)) == []


@pytest.mark.parametrize("main_sql", ["SELECT 1 AS one", "SELECT n FROM generate_series(1, 3) AS n"])
def test_query_without_tables_has_nothing_to_compare_with(main_sql: str, tmp_path: Path) -> None:
    more = checks("SELECT COUNT(1) FROM raw_data.nps")
    assert said(input_check_source.RULE, tmp_path, config(main_sql, more)) == []


def test_names_to_write_have_their_quotes(tmp_path: Path) -> None:
    main_sql = 'SELECT id FROM "Raw Data".nps'
    assert [
        line.partition("fix: ")[2]
        for line in said(
            input_check_source.RULE, tmp_path, config(main_sql, checks("SELECT COUNT(1) FROM raw_data.nps"))
        )
    ] == ['write `"Raw Data".nps`']


def test_tables_of_one_schema_are_not_alike_for_that(tmp_path: Path) -> None:
    main_sql = "SELECT id FROM raw_data.nps"
    more = checks("SELECT COUNT(1) FROM raw_data.orders", "SELECT COUNT(1) FROM raw_dat.nps")
    assert [line.partition("fix: ")[2] for line in said(input_check_source.RULE, tmp_path, config(main_sql, more))] == [
        "check what `main_sql` reads: `raw_data.nps`",
        "write `raw_data.nps`",
    ]


def test_typo_and_stranger(tmp_path: Path) -> None:
    more = checks("SELECT COUNT(1) FROM raw_data.npss", "SELECT COUNT(1) FROM weblog.page_views")
    assert said(input_check_source.RULE, tmp_path, config(MAIN_SQL, more)) == [
        "6:31+13 warning: this check looks at raw_data.npss, which `main_sql` does not read; fix: write `raw_data.nps`",
        "8:31+17 warning: this check looks at weblog.page_views, which `main_sql` does not read; "
        "fix: check what `main_sql` reads: `raw_data.nps` and `raw_data.users`",
    ]
