"""docs/alerts.md: it explains every column in the words of the warehouse, and its queries find what they say."""

import re

import pytest
import sqlglot

from summary_tables.model.logs import INCIDENT_LOG, MESSAGE_LOG, LogTable
from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.made_incidents import DAY, START, Slack, delivered, event, recorded

PAGE = (REPOSITORY / "docs" / "alerts.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.mark.parametrize("log", [INCIDENT_LOG, MESSAGE_LOG], ids=lambda log: log.name)
def test_each_column_is_explained(log: LogTable) -> None:
    chapter = PAGE.partition(f"## {log.name}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| (.*) \|$", chapter, re.MULTILINE) == list(log.columns.items())


def test_queries_find_what_they_say(database: Database) -> None:
    with database.connect() as connection:
        recorded(connection, event("failed"), event("published", 3), event("failed", 4))
        delivered(connection, Slack(is_away=True), START + 3 * DAY)
    is_open, months, untold = (database.admin(query) for query in QUERIES)
    assert [(row[2], row[3], row[4]) for row in is_open] == [("failed", START + 3 * DAY, 1)]
    assert [(row[3], row[4]) for row in months] == [(1, 48)]
    assert [(row[2], row[5], row[6]) for row in untold] == [
        ("first", 0, "It was over before this was told."),
        ("recovery", 1, "HTTP 500"),
        ("first", 1, "HTTP 500"),
    ]


def test_queries_are_sql_of_redshift_too() -> None:
    for query in QUERIES:
        assert sum(tree is not None for tree in sqlglot.parse(query, read="redshift")) == 1
