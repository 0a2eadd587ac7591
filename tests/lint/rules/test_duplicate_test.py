"""Tests of one name."""

from pathlib import Path

from summary_tables.lint.rules import duplicate_test
from tests.lint.rules.one_rule import config, said


def test_each_but_the_first_is_named_with_the_line_of_the_first(tmp_path: Path) -> None:
    more = "tests:\n" + "".join(f"  - {{name: {name}, expect: []}}\n" for name in ("one", "two", "one", "one", "One"))
    fix = "give each test a name of its own: what is different about it"
    assert said(duplicate_test.RULE, tmp_path, config("SELECT 1 AS one", more)) == [
        f"8:12+3 error: another test, on line 6, has this name, too; fix: {fix}",
        f"9:12+3 error: another test, on line 6, has this name, too; fix: {fix}",
    ]
