"""A warehouse whose logs hold what `benchmarks.made_history` makes up."""

from datetime import UTC, datetime

from benchmarks.made_history import Scale, fill_logs
from tests.warehouse.postgres.database import BUILDER, WAREHOUSE, Database

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
SCALE = Scale(tables=60, runs=12, until=NOW)


def fill(database: Database, scale: Scale = SCALE) -> None:
    """As the build role would have it."""
    database.admin(f"GRANT {BUILDER} TO CURRENT_USER")
    with database.connect() as connection:
        fill_logs(connection, scale, WAREHOUSE)
