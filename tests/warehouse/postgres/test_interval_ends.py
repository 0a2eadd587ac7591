"""What lint says of the ends of an interval is true, and what it says to write gives each row to one run."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.pitfalls.interval_ends import inclusive_ends
from summary_tables.sql.query_grain import filled_for
from tests.warehouse.postgres.database import Database

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 3
MIDNIGHT, LATE, NOON = time(), time(23, 59, 59, 500_000), time(12)
START, END = "'{{ data_interval_start }}'", "'{{ data_interval_end }}'"


def taken(database: Database, where: str, at: time) -> int:
    """How many of the runs of three days take what is of this time of the second day."""
    moment = datetime.combine(date(2026, 1, 2), at)
    runs = [(FIRST + timedelta(days=day), FIRST + timedelta(days=day + 1)) for day in range(DAYS)]
    row = f"(SELECT timestamp '{moment}' AS at, timestamp '{moment}' AS created_at) AS a"
    return sum(bool(database.value(f"SELECT {filled_for(where, run)} FROM {row}")) for run in runs)


def as_lint_says(where: str) -> str:
    """`where` with what its one message says to write."""
    query = f"SELECT 1 FROM a WHERE {where}"
    (found,) = inclusive_ends(query, POSTGRES, days=1, doubles=True, losing_is_fine=True)
    fix = found.fix.removeprefix("write `").removesuffix("`")
    fixed = query[: found.place.offset] + fix + query[found.place.end :]
    return fixed.partition("WHERE ")[2]


@pytest.mark.parametrize(
    ("where", "at", "runs"),
    [
        (f"at BETWEEN {START} AND {END}", MIDNIGHT, 2),
        ("at BETWEEN '{{ ds }}' AND '{{ macros.ds_add(ds, 1) }}'", MIDNIGHT, 2),
        ("at::date BETWEEN '{{ data_interval_start | ds }}' AND '{{ data_interval_end | ds }}'", NOON, 2),
        (f"at >= {START} AND at <= {END}", MIDNIGHT, 2),
        (f"at > {START} AND at < {END}", MIDNIGHT, 0),
        ("at BETWEEN '{{ ds }} 00:00:00' AND '{{ ds }} 23:59:59'", LATE, 0),
        ("created_at BETWEEN '{{ ds }}' AND '{{ ds }}'", NOON, 0),
    ],
)
def test_the_fix_gives_each_moment_to_one_run(database: Database, where: str, at: time, runs: int) -> None:
    assert taken(database, where, at) == runs
    right = as_lint_says(where)
    assert [taken(database, right, moment) for moment in (MIDNIGHT, NOON, LATE)] == [1, 1, 1]


def test_what_lint_lets_through_gives_each_moment_to_one_run(database: Database) -> None:
    for where in (f"at > {START} AND at <= {END}", "at BETWEEN '{{ ds }} 00:00' AND '{{ ds }} 23:59:59.999999'"):
        assert [taken(database, where, moment) for moment in (MIDNIGHT, NOON, LATE)] == [1, 1, 1]
