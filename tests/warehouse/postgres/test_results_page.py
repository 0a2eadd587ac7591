"""docs/results.md: it explains every column in the words of the warehouse, and its queries run."""

import re

import pytest
import sqlglot

from summary_tables.checks import CheckName, CheckResult
from summary_tables.model.check_run import CheckRun
from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, LogTable
from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import ROWS, WAREHOUSE, Database, build_and_show, run, table_with
from tests.warehouse.postgres.in_session import log_check

PAGE = (REPOSITORY / "docs" / "results.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.mark.parametrize("log", [BUILD_LOG, CHECK_LOG], ids=lambda log: log.name)
def test_each_column_is_explained(log: LogTable) -> None:
    chapter = PAGE.partition(f"## {log.name}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| (.*) \|$", chapter, re.MULTILINE) == list(log.columns.items())


def test_queries_find_what_they_say(database: Database) -> None:
    table = table_with(table="nps_summary")
    for number in (1, 2):
        build_and_show(database, table=table, number=number)
    with database.connect() as connection:
        for number, passed in ((1, True), (2, False)):
            always = f"always {passed}"
            # The first one asked for fewer rows before.
            for position, label, key in ((1, f"at least {10 + number} rows", "at least rows"), (2, always, always)):
                checked = CheckRun(
                    step="output_check",
                    position=position,
                    name=CheckName(label=label, key=key),
                    severity="error",
                    result=CheckResult(passed=passed, expected="at least 12 rows", actual="7 rows"),
                    seconds=0.1,
                )
                log_check(connection, WAREHOUSE, table, run(number), checked)
    failing, history, slowest, growth, flaky = (database.admin(query) for query in QUERIES)
    assert sorted(row[3] for row in failing) == ["always False", "at least 12 rows"]
    assert [(row[0].day, row[2]) for row in history] == [(2, False), (1, True)]
    assert [row[1] for row in slowest] == ["nps_summary"] * 2
    assert [(row[2].day, row[3], row[5]) for row in growth] == [(2, ROWS, 0), (1, ROWS, None)]
    assert flaky == [("analytics", "nps_summary", "output_check", "at least 12 rows", 1, 2)]


def test_queries_are_sql_of_redshift_too() -> None:
    for query in QUERIES:
        assert sum(tree is not None for tree in sqlglot.parse(query, read="redshift")) == 1
