"""Whatever becomes of the schedule, the source and the zone: no row is there twice, none vanishes, holes are named.

`INCREMENT_EXAMPLES=200 pytest tests/warehouse/postgres/test_interval_property.py` tries more.
"""

import os
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.query_grain import filled_for
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.increments.missing_part import missing_part
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, READER, WAREHOUSE, Database
from tests.warehouse.postgres.in_session import create_version, publish
from tests.warehouse.postgres.interval_model import Hours, IntervalModel, Row, hours

EXAMPLES = int(os.environ.get("INCREMENT_EXAMPLES", "4"))
STEPS = 12
DAYS = 4
FIRST = datetime(2026, 10, 23, tzinfo=UTC)
"""Berlin puts its clocks back in the night before the third day."""

_QUERY = "SELECT id, at FROM raw_data.ticks WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
_REFRESHES = (
    Refresh(strategy="append", start=FIRST),
    Refresh(strategy="delete_insert", time_column="at", start=FIRST),
    Refresh(strategy="merge", unique_key=("id",), start=FIRST),
)
_SCHEDULES = st.sampled_from([(24, 0), (24, 3), (1, 0), (6, 0), (48, 0)])
"""How many hours a run covers, and the hour at which the first one begins."""

_names = count(1)


class Machine(RuleBasedStateMachine):
    """One table of its own in a warehouse that all examples share."""

    def __init__(self, database: Database, refresh: Refresh) -> None:
        super().__init__()
        self.refresh = refresh
        self.database = database
        self.admin = database.server.connect(database.name)
        self.reader = database.connect(READER, prepare_threshold=None)
        self.admin.execute("SET timezone = 'UTC'; TRUNCATE raw_data.ticks")
        self.source: list[Row] = []
        self.ids = count(1)

    def teardown(self) -> None:
        self.admin.execute(f"ALTER ROLE {BUILDER} RESET timezone".encode())
        for connection in (self.admin, self.reader):
            connection.close()

    @initialize(
        zone=st.sampled_from(["UTC", "Asia/Seoul", "America/New_York", "Europe/Berlin"]),
        column=st.sampled_from(["timestamp", "timestamptz"]),
    )
    def begin(self, zone: str, column: str) -> None:
        name = f"log_{next(_names)}"
        self.admin.execute(f"ALTER ROLE {BUILDER} SET timezone = '{zone}'".encode())
        self.admin.execute(f"ALTER TABLE raw_data.ticks ALTER at TYPE {column}".encode())
        self.table = SummaryTable(table=name, schema="analytics", main_sql=_QUERY, refresh=self.refresh)
        self.model = IntervalModel(self.refresh.strategy)
        self.happen(list(range(0, DAYS * 24, 5)))

    @rule(at=st.lists(st.integers(0, DAYS * 24 - 1), min_size=1, max_size=3))
    def happen(self, at: list[int]) -> None:
        """Events at full hours: the ends of intervals are among them."""
        for hour in at:
            event = next(self.ids), hour
            self.source.append(event)
            moment = FIRST + timedelta(hours=hour)
            self.admin.execute("INSERT INTO raw_data.ticks VALUES (%s, %s)", (event[0], moment.replace(tzinfo=None)))

    @rule(day=st.integers(1, DAYS))
    def forget(self, day: int) -> None:
        """The source keeps what is younger."""
        self.source = [event for event in self.source if event[1] >= day * 24]
        self.admin.execute("DELETE FROM raw_data.ticks WHERE at < %s", [FIRST + timedelta(days=day)])

    @rule(schedule=_SCHEDULES, numbers=st.lists(st.integers(0, 40), min_size=1, max_size=3))
    def run(self, schedule: tuple[int, int], numbers: list[int]) -> None:
        """Runs of another schedule: the next ones, backfills of an earlier time, or some that are cleared."""
        length, offset = schedule
        for number in numbers:
            start = offset + length * (number % ((DAYS * 24 - offset) // length))
            self._run_and_compare(start, start + length)

    @rule(start=st.integers(0, DAYS * 24 - 1), length=st.integers(1, 30))
    def run_of(self, start: int, length: int) -> None:
        """A run of an interval that somebody names."""
        self._run_and_compare(start, start + length)

    def _run_and_compare(self, start: int, end: int) -> None:
        build = self._run(start, end)
        model = self.model
        done = model.add(build.version if build else "", hours(start, end), self.source)
        assert (build is not None and build.applied is not None) == done
        if build and build.applied:
            assert _hours_of(build) == model.holes()

    @rule(end=st.integers(1, DAYS * 24), may_lose=st.booleans())
    def full_refresh(self, end: int, may_lose: bool) -> None:
        """Of one that covers all there is nothing is left to be tried."""
        end = min(end, DAYS * 12)
        build = self._build(0, end, full_refresh=True)
        published = build and self._publish(build, may_lose_rows=may_lose)
        done = self.model.refresh(build.version if build else "", end, self.source, may_lose=may_lose)
        assert bool(published) == done

    @rule(pick=st.integers(0, 99))
    def roll_back(self, pick: int) -> None:
        standing = sorted(self.model.bases.keys() & self.database.versions())
        if standing and self.model.live:
            version = standing[pick % len(standing)]
            with self.database.connect() as line:
                roll_back(line, self.table, WAREHOUSE, version)
            self.model.live = version

    @invariant()
    def readers_see_the_model(self) -> None:
        if hasattr(self, "model"):
            assert self._seen() == self.model.rows()
            assert max(self._seen().values(), default=1) == 1

    def _run(self, start: int, end: int) -> Build | None:
        build = self._build(start, end)
        return self._publish(build) if build else None

    def _build(self, start: int, end: int, *, full_refresh: bool = False) -> Build | None:
        low, high = (FIRST + timedelta(hours=hour) for hour in (start, end))
        run = BuildRun(
            run_id=f"run of {start} to {end}",
            try_number=1,
            run_at=high,
            interval_start=low,
            interval_end=high,
            full_refresh=full_refresh,
        )
        with self.database.connect() as line, suppress(WarehouseError):
            with open_session(line, WAREHOUSE) as session:
                low, high = missing_part(session, self.table, run) or (low, high)
            cut = BuildRun(
                run_id=run.run_id,
                try_number=1,
                run_at=run.run_at,
                interval_start=low,
                interval_end=high,
                full_refresh=full_refresh,
            )
            return create_version(line, self.table, WAREHOUSE, cut, filled_for(_QUERY, (low, high)))
        return None

    def _publish(self, build: Build, *, may_lose_rows: bool = True) -> Build | None:
        with self.database.connect() as line, suppress(WarehouseError):
            return publish(line, self.table, WAREHOUSE, build.version, may_lose_rows=may_lose_rows)
        return None

    def _seen(self) -> Counter[Row]:
        with suppress(psycopg.errors.UndefinedTable):
            self.reader.execute("SET timezone = 'UTC'")
            rows = self.reader.execute(
                f"SELECT id, at::timestamp FROM analytics.{self.table.table}".encode()
            ).fetchall()
            return Counter((row[0], int((row[1].replace(tzinfo=UTC) - FIRST) / timedelta(hours=1))) for row in rows)
        return Counter()


def _hours_of(build: Build) -> Hours:
    spans = [tuple(int((moment - FIRST) / timedelta(hours=1)) for moment in hole) for hole in build.holes]
    return frozenset().union(*(hours(start, end) for start, end in spans))


@pytest.mark.parametrize("refresh", _REFRESHES, ids=lambda refresh: refresh.strategy)
def test_the_table_always_equals_the_model(database: Database, refresh: Refresh) -> None:
    database.admin(
        f"CREATE TABLE raw_data.ticks (id int, at timestamp); GRANT SELECT ON raw_data.ticks TO {BUILDER};"
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {BUILDER} IN SCHEMA analytics GRANT SELECT ON TABLES TO {READER}"
    )
    run_state_machine_as_test(
        partial(Machine, database, refresh),  # type: ignore[arg-type]  # it takes whatever makes one
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # Making a failure small takes minutes.
            phases=(Phase.generate, *((Phase.shrink,) if "INCREMENT_EXAMPLES" in os.environ else ())),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
