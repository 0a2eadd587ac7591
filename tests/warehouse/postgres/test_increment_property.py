"""Whatever the order of source changes, runs, repeats, full refreshes, roll-backs and crashes: the table is right.

`INCREMENT_EXAMPLES=1000 pytest tests/warehouse/postgres/test_increment_property.py` tries more of them.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from psycopg.rows import dict_row

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import BUILDER, READER, WAREHOUSE, Database
from tests.warehouse.postgres.fragile import FragileConnection, FragileCursor
from tests.warehouse.postgres.in_session import create_version, publish
from tests.warehouse.postgres.increment_model import Base, Model, Row
from tests.warehouse.postgres.increments import FIRST_DAY, STRATEGIES, day_run, growing

EXAMPLES = int(os.environ.get("INCREMENT_EXAMPLES", "15"))
STEPS = 12
DAYS = 4
_LAST_STATEMENT = 60

_SET_UP = f"""
CREATE TABLE raw_data.sales (key int, day date, value int);
GRANT SELECT ON raw_data.sales TO {BUILDER};
ALTER DEFAULT PRIVILEGES IN SCHEMA analytics GRANT SELECT ON TABLES TO {READER};
"""

_names = count(1)
days = st.integers(1, DAYS)
statements = st.integers(1, _LAST_STATEMENT)
# What is drawn must not depend on what a crash left.
picks = st.integers(0, 99)


class CutConnection(FragileConnection):
    """Its line is cut before its `fatal`-th statement: the server rolls back what was not committed."""

    def before(self, query: str) -> None:  # noqa: ARG002 - every statement is one
        self.statements += 1
        if self.statements == self.fatal:
            self.close()


class Machine(RuleBasedStateMachine):
    """One table of its own in a warehouse that all examples share."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.admin = database.server.connect(database.name)
        self.builder = database.connect()
        self.reader = database.connect(READER, prepare_threshold=None)
        self.admin.execute("TRUNCATE raw_data.sales")
        self.sales: list[tuple[int, date, int]] = []
        self.waiting: list[tuple[Build, list[Row]]] = []
        self.old: list[tuple[Build, list[Row]]] = []
        self.has_more = False

    def teardown(self) -> None:
        for connection in (self.admin, self.builder, self.reader):
            connection.close()

    @initialize(strategy=st.sampled_from(STRATEGIES), start=st.sampled_from(["absent", "plain", "replaced"]))
    def begin(self, strategy: str, start: str) -> None:
        self.table: SummaryTable = growing(strategy, f"daily_{next(_names)}", key="key")
        self.model = Model(strategy)
        # Nobody sold anything with the key 9 in these days.
        history: list[Row] = [(9, date(2020, 1, 1), 1, None)]
        query = "SELECT 9 AS key, date '2020-01-01' AS day, 1::bigint AS value"
        if start == "plain":
            name = f"analytics.{self.table.table}"
            self.admin.execute(f"CREATE TABLE {name} AS {query}; ALTER TABLE {name} OWNER TO {BUILDER}".encode())
            self.model.bases["plain"] = Base([(row, None) for row in history])
            self.model.live = "plain"
        elif start == "replaced":
            before = BuildRun(run_id="before", try_number=1, run_at=FIRST_DAY, interval_end=FIRST_DAY)
            whole = replace(self.table, refresh=Refresh())
            build = create_version(self.builder, whole, WAREHOUSE, before, query)
            publish(self.builder, whole, WAREHOUSE, build.version)
            self.model.publish(build, history)

    @rule(key=st.integers(1, 3), day=days, value=st.integers(1, 9))
    def sell(self, key: int, day: int, value: int) -> None:
        sold = date(2026, 11, day)
        self.sales.append((key, sold, value))
        self.admin.execute("INSERT INTO raw_data.sales VALUES (%s, %s, %s)", (key, sold, value))

    @rule(pick=picks)
    def correct(self, pick: int) -> None:
        if not self.sales:
            return
        wrong = self.sales[pick % len(self.sales)]
        self.sales = [sale for sale in self.sales if sale != wrong]
        self.admin.execute("DELETE FROM raw_data.sales WHERE (key, day, value) = (%s, %s, %s)", wrong)

    @rule(day=days)
    def build(self, day: int) -> None:
        """A run whose rows are not published yet."""
        self._build(day_run(day))

    @rule(day=days)
    def run(self, day: int) -> None:
        self._build(day_run(day))
        self._publish(len(self.waiting) - 1)

    @rule(day=days, key=st.integers(1, 3))
    def overtake(self, day: int, key: int) -> None:
        """Two builds of a day, with another sale in between; the later one is published first."""
        self._build(day_run(day))
        self.sell(key, day, 7)
        self._build(day_run(day, "backfill"))
        self._publish(len(self.waiting) - 1)
        self._publish(len(self.waiting) - 1)

    @rule(day=days, publishes=st.booleans())
    def full_refresh(self, day: int, publishes: bool) -> None:
        self._build(day_run(day, full_refresh=True))
        if publishes:
            self._publish(len(self.waiting) - 1)

    @rule(pick=picks)
    def publish(self, pick: int) -> None:
        """In any order."""
        if self.waiting:
            self._publish(pick % len(self.waiting))

    @rule()
    def publish_all_at_once(self) -> None:
        if not self.waiting:
            return
        builds, self.waiting = self.waiting[:3], self.waiting[3:]
        outcomes = self.model.after_all(builds)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda one: self._publish_elsewhere(one[0]), builds))
        self.old += builds
        seen = self._seen()
        fitting = [model for model in outcomes if model.rows() == seen]
        assert fitting, f"{seen} is none of {[model.rows() for model in outcomes]}"
        self.model = next((model for model in fitting if self._is_live(model)), fitting[0])

    @rule(pick=picks)
    def publish_again(self, pick: int) -> None:
        """Somebody clears the task: nothing changes."""
        if not self.old:
            return
        build, _ = self.old[pick % len(self.old)]
        with suppress(WarehouseError):
            publish(self.builder, self.table, WAREHOUSE, build.version)

    @rule(day=days, statement=statements)
    def create_crashes(self, day: int, statement: int) -> None:
        run = day_run(day)
        self._crash(statement, lambda line: create_version(line, self.table, WAREHOUSE, run, self._query(run)))

    @rule(pick=picks, statement=statements, again=st.booleans())
    def publish_crashes(self, pick: int, statement: int, again: bool) -> None:
        """The table is the old or the new one; Airflow may try again."""
        if not self.waiting:
            return
        place = pick % len(self.waiting)
        build, picture = self.waiting[place]
        (new,) = self.model.after_all([(build, picture)])
        self._crash(statement, lambda line: publish(line, self.table, WAREHOUSE, build.version))
        seen = self._seen()
        if again:
            assert seen in (self.model.rows(), new.rows())
            self._publish(place)
        elif self._published(build):
            self.model = new
            self.old.append(self.waiting.pop(place))

    @rule(pick=picks)
    def roll_back(self, pick: int) -> None:
        standing = sorted(self.model.bases.keys() & self.database.versions())
        if standing and self.model.live != "plain":
            version = standing[pick % len(standing)]
            if self.model.may_show(self.model.bases[version].columns):
                roll_back(self.builder, self.table, WAREHOUSE, version)
                self.model.live = version

    @rule()
    def add_a_column(self) -> None:
        self.has_more = True

    @invariant()
    def readers_see_the_model(self) -> None:
        if hasattr(self, "model"):
            assert self._seen() == self.model.rows()

    def _build(self, run: BuildRun) -> None:
        build = create_version(self.builder, self.table, WAREHOUSE, run, self._query(run))
        self.waiting.append((build, self._picture(run)))
        assert build.rows == len(self.waiting[-1][1])

    def _publish(self, place: int) -> None:
        build, picture = self.waiting.pop(place)
        changes = build.version not in self.model.published and self.model.publish(build, picture)
        self.old.append((build, picture))
        if changes:
            publish(self.builder, self.table, WAREHOUSE, build.version)
            return
        with suppress(WarehouseError):
            publish(self.builder, self.table, WAREHOUSE, build.version)

    def _publish_elsewhere(self, build: Build) -> None:
        with self.database.connect() as line, suppress(WarehouseError):
            publish(line, self.table, WAREHOUSE, build.version)

    def _crash(self, statement: int, work: Callable[[psycopg.Connection[Any]], object]) -> None:
        with self.database.connect_as(CutConnection, cursor_factory=FragileCursor) as line:
            line.fatal = statement
            with suppress(WarehouseError):
                work(line)

    def _query(self, run: BuildRun) -> str:
        start, end = self._days(run)
        more = ", 1 AS more" if self.has_more else ""
        where = f"FROM raw_data.sales WHERE day >= '{start}' AND day < '{end}'"
        if self.table.refresh.strategy == "merge":
            return f"SELECT key, max(day) AS day, sum(value) AS value{more} {where} GROUP BY key"
        return f"SELECT key, day, value::bigint{more} {where}"

    def _picture(self, run: BuildRun) -> list[Row]:
        """The rows of the query, from the sales as they are now."""
        start, end = self._days(run)
        more = 1 if self.has_more else None
        found = [sale for sale in self.sales if start <= sale[1] < end]
        if self.table.refresh.strategy != "merge":
            return [(*sale, more) for sale in found]
        groups = {key: [sale for sale in found if sale[0] == key] for key in {sale[0] for sale in found}}
        return [(key, max(s[1] for s in group), sum(s[2] for s in group), more) for key, group in groups.items()]

    def _days(self, run: BuildRun) -> tuple[date, date]:
        assert run.interval_start
        assert run.interval_end
        return (FIRST_DAY if run.full_refresh else run.interval_start).date(), run.interval_end.date()

    def _seen(self) -> Counter[Row]:
        with suppress(psycopg.errors.UndefinedTable), self.reader.cursor(row_factory=dict_row) as cursor:
            rows = cursor.execute(f"SELECT * FROM analytics.{self.table.table}".encode()).fetchall()
            return Counter((row["key"], row["day"], row["value"], row.get("more")) for row in rows)
        return Counter()

    def _published(self, build: Build) -> bool:
        query = "SELECT published_at IS NOT NULL FROM summary_tables.build_log WHERE version_name = %s"
        return bool((self.admin.execute(query, [build.version]).fetchone() or [False])[0])

    def _is_live(self, model: Model) -> bool:
        query = "SELECT pg_get_viewdef(%s::regclass)"
        (definition,) = self.admin.execute(query, [f"analytics.{self.table.table}"]).fetchone() or ("",)
        return model.live in definition


def test_the_table_always_equals_the_model(database: Database) -> None:
    database.admin(_SET_UP)
    run_state_machine_as_test(
        partial(Machine, database),  # type: ignore[arg-type]  # it takes whatever makes one
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


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sessions that meet here do not keep each other waiting for long."""
    monkeypatch.setattr("summary_tables.warehouse.session.lock_retries.random.uniform", lambda *_: 0.02)
