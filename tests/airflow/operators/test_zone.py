"""A real run on a warehouse whose build role has a zone of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from tests.airflow.conftest import Project
from tests.conftest import REPOSITORY

_CONFIGS = REPOSITORY / "tests" / "warehouse" / "postgres" / "local_time"
_VISITS = """
CREATE TABLE raw_data.visits AS
    SELECT at AS visited_at, 'web' AS channel
    FROM generate_series(timestamptz '2025-12-31 00:30Z', '2026-01-04 23:30Z', '1 hour') AS at;
GRANT SELECT ON raw_data.visits TO builder;
"""
_CHECK = """\
  - sql: SELECT COUNT(1) FROM {schema}.temp_{table} WHERE first_at >= '2026-01-02' AND last_at::date < '2026-01-03'
    count: 1
"""


@pytest.fixture(params=["America/Los_Angeles", "Asia/Kolkata"])
def visits(admin: psycopg.Connection[Any], request: pytest.FixtureRequest) -> Iterator[None]:
    admin.execute(_VISITS + f"ALTER ROLE builder SET timezone = '{request.param}'")
    yield
    admin.execute(
        "ALTER ROLE builder RESET timezone; DROP VIEW IF EXISTS analytics.visits_by_day; DROP TABLE raw_data.visits"
    )


@pytest.mark.usefixtures("visits")
def test_a_run_counts_days_in_utc(project: Project, admin: psycopg.Connection[Any]) -> None:
    text = (_CONFIGS / "visits_by_day.yaml").read_text("utf-8")
    (project.configs / "visits_by_day.yaml").write_text(text.replace("output_check:\n", f"output_check:\n{_CHECK}"))
    run = project.run("visits_by_day", datetime(2026, 1, 3, 3, tzinfo=UTC))
    assert str(run.state) == "success"
    found = admin.execute("SELECT date::text, visits, first_at::text, last_at::text FROM analytics.visits_by_day")
    assert found.fetchall() == [("2026-01-02", 24, "2026-01-02 00:30:00+00", "2026-01-02 23:30:00+00")]
