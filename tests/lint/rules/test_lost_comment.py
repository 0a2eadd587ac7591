"""Values that a ` #` cuts."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import lost_comment
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "more",
    [
        "owner: growth  # the team",
        'description: "Team #1"',
        "description: Team#1",
        "description: |\n  Team #1",
        "owner: growth # lint: ignore[owner] they moved",
        "tags: [a, b] # c",
        "retries: 2 # c",
    ],
)
def test_comments_that_are_meant(more: str, tmp_path: Path) -> None:
    assert said(lost_comment.RULE, tmp_path, config("SELECT 1 AS one -- #1", f"{more}\n")) == []


def test_each_value_that_loses_its_end(tmp_path: Path) -> None:
    more = (
        "description: Team #1\nowner: a\t#b\ninput_check:\n"
        "  - name: rows  #1\n    sql: SELECT COUNT(1) FROM s.t # all of them\n    count: 1\n"
    )
    words = "warning: everything after ` #` is a comment: "
    blanks = "a comment has two blanks before its # and one after it"
    assert said(lost_comment.RULE, tmp_path, config("SELECT 1 AS one", more)) == [
        f'5:19+2 {words}`description` ends with `Team`; fix: write "Team #1"; {blanks}',
        f'6:10+2 {words}`owner` ends with `a`; fix: write "a\t#b"; {blanks}',
        f'8:17+2 {words}`name` ends with `rows`; fix: write "rows  #1"; {blanks}',
        f"9:35+13 {words}`sql` ends with `SELECT COUNT(1) FROM s.t`; "
        "fix: write `sql: |` and begin the SQL on the next line",
    ]


def test_main_sql_of_one_line_and_long_values(tmp_path: Path) -> None:
    text = f"table: t\nschema: analytics\nmain_sql: SELECT {'a, ' * 20}b AS c # d\n"
    assert said(lost_comment.RULE, tmp_path, text) == [
        f"3:85+3 warning: everything after ` #` is a comment: `main_sql` ends with `…{('a, ' * 20)[-43:]}b AS c`; "
        "fix: write `main_sql: |` and begin the SQL on the next line"
    ]
