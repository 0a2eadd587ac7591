"""The benchmark asks like with like and prints what it promises. How long anything takes is not asserted."""

import re

from benchmarks import checks
from benchmarks.check_columns import checks as some_checks
from benchmarks.checks_report import report


def test_one_statement_finds_what_each_check_asks_for() -> None:
    statement = checks.combined_sql(some_checks(20))
    assert statement.count("FROM bench.checked") == 1
    assert len({check.sql for check in some_checks(20)}) == 20


def test_the_report_holds_a_line_for_each_variant() -> None:
    found = checks.run(rows=200, rounds=1)
    tasks = {
        (variant, count): 0.5
        for variant in ("Airflow, from first to last", "Airflow, one task")
        for count in (1, 5, 20)
    }
    lines = report(found | tasks, rows=200, counts=checks.COUNTS).splitlines()
    time = r" +[0-9.]+ s"
    for words in (
        "each its own statement, one connection",
        "each its own statement and connection",
        "one statement for all of them",
        "as many Airflow tasks that do nothing",
        "one of these tasks from start to end",
    ):
        assert any(re.fullmatch(rf"{words}{time * 3}", line) for line in lines), words
    assert sum(line.startswith("one more check: ") for line in lines) == 4
