"""A build of other days than the usual one, and which of the two readers see."""

from tests.warehouse.postgres.database import Database


def first_days(count: int) -> str:
    return f"SELECT day, 1::bigint AS n FROM generate_series(1, {count}) AS day"


def rows_seen(database: Database) -> int:
    with database.connect("reader") as connection:
        (rows, days) = connection.execute("SELECT count(*), count(DISTINCT day) FROM analytics.daily").fetchone() or (
            0,
            0,
        )
    assert rows == days
    return int(rows)
