"""docs/monitoring.md: its queries find what they say."""

import re

import pytest
import sqlglot

from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import ROWS, Database, build_and_show, create, table_with

PAGE = (REPOSITORY / "docs" / "monitoring.md").read_text("utf-8")
LATE, UNPUBLISHED = QUERIES = re.findall(r"```sql\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.fixture
def published(database: Database) -> Database:
    """Two tables that were published now."""
    for name in ("daily", "weekly"):
        build_and_show(database, table=table_with(table=name))
    return database


def test_late_is_what_was_not_published_for_26_hours(published: Database) -> None:
    assert published.admin(LATE) == []
    published.admin(
        "UPDATE summary_tables.build_log SET published_at = published_at - INTERVAL '30 hours' "
        "WHERE table_name = 'daily'"
    )
    ((schema, table, _, hours),) = published.admin(LATE)
    assert (schema, table, round(hours)) == ("analytics", "daily", 30)


@pytest.mark.parametrize(("age", "found"), [("10 minutes", 0), ("2 hours", 1), ("2 days", 0)])
def test_build_that_was_not_published(age: str, found: int, published: Database) -> None:
    build = create(published, table=table_with(table="daily"), number=2)
    published.admin(
        f"UPDATE summary_tables.build_log SET built_at = built_at - INTERVAL '{age}' "
        f"WHERE version_name = '{build.version}'"
    )
    assert [row[:3] + row[4:] for row in published.admin(UNPUBLISHED)] == [
        ("analytics", "daily", build.run_id, ROWS)
    ] * found


def test_queries_are_sql_of_redshift_too() -> None:
    for query in QUERIES:
        assert sum(tree is not None for tree in sqlglot.parse(query, read="redshift")) == 1
