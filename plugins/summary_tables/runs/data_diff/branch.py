"""The tables of a change, built in one scratch in the order in which they read each other, beside what there is now.

What one run gives is compared: of a table that each run builds anew, all of it, with what readers see now; of a table
that grows, the rows of one interval, with those that the query of before gives for it. What is there of a growing table
came from many runs and stays, so that beside all of it a change of the query could not be seen.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from summary_tables.checks import Check
from summary_tables.configs.config import Config
from summary_tables.model.build import BuildRun
from summary_tables.model.data_bounds import Bounds
from summary_tables.model.failure import Refusal
from summary_tables.model.table import Limits, SummaryTable
from summary_tables.runs.build_step import build
from summary_tables.runs.check_step import all_checked
from summary_tables.runs.data_diff.table_data import Before, TableData
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import rendered
from summary_tables.runs.run import Run, attempted, unless_lost
from summary_tables.runs.scratch.chain import Chain
from summary_tables.runs.scratch.scratch_session import ScratchSession, scratch_session
from summary_tables.runs.scratch.scratch_table import FRESH_TABLE, ScratchTable, fill, scratch_table
from summary_tables.sql.statements.copying import COPY
from summary_tables.text.english import quoted
from summary_tables.warehouse.data_diff.column_statistics import profiles
from summary_tables.warehouse.data_diff.compare import compare
from summary_tables.warehouse.data_diff.estimate import build_too_slow, estimate, too_expensive, too_large
from summary_tables.warehouse.data_diff.key import Key, key_in_file
from summary_tables.warehouse.data_diff.relation import Relation, standing
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import QUERY_CANCELED, Session, open_session
from summary_tables.warehouse.sources.query import QuerySource
from summary_tables.warehouse.sources.source import Source

Against = Literal["live", "base"]
"""What a new version is compared with: what readers see, or what the query of before gives on the same data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchTable:
    """A table as it will be, and as it was; None: it is new. `reads`: the tables that its query reads."""

    before: Config | None
    after: Config
    reads: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.after.table.full_name

    @property
    def private(self) -> frozenset[str]:
        """What is personal on either side."""
        return self.after.table.pii_columns | (self.before.table.pii_columns if self.before else frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How the tables are compared. `dates`: the run in which a table is built; `key` replaces those of the files.

    `samples`: values may be shown, as far as the state of before says.
    """

    dates: Callable[[SummaryTable], RunDates]
    bounds: Bounds
    key: tuple[str, ...] = ()
    against: Against = "live"
    samples: bool = True


def branch_data(connection: Connection, tables: Sequence[BranchTable], wanted: Wanted) -> Iterator[TableData]:
    """What becomes of the rows of each of `tables`, which come in the order in which they read each other.

    Nothing is left of it in the warehouse. Works on PostgreSQL only. Raises `WarehouseError` where the connection is
    lost.
    """
    if not tables:
        return
    limits = Limits(timeout_minutes=wanted.bounds.minutes)
    warehouse = tables[0].after.settings.warehouse
    with open_session(connection, warehouse, limits) as session, scratch_session(session) as scratch:
        branch = _Branch(scratch, wanted)
        for place, table in enumerate(tables):
            later = tables[place + 1 :]
            found = branch.data(table, is_read_later=any(table.name in other.reads for other in later))
            yield _told_of_cycle(found, [other.name for other in later if other.name in table.reads])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What a new version is compared with."""

    kind: Before
    words: str
    relation: Relation


class _Branch:
    """The tables built so far, in the scratch."""

    def __init__(self, scratch: ScratchSession, wanted: Wanted) -> None:
        self._scratch = scratch
        self._wanted = wanted
        self._chain = Chain(scratch)
        self._chain_before = Chain(scratch, f"{COPY}_before")
        self._not_built: set[str] = set()

    def data(self, table: BranchTable, *, is_read_later: bool) -> TableData:
        """What nobody reads later is undone at once: so are the locks on what it read."""
        data = TableData(table=table.name, timezone=table.after.table.timezone)
        if missing := [name for name in table.reads if name in self._not_built and name != table.name]:
            self._not_built.add(table.name)
            words = f"It was not built: {quoted(missing)}, which it reads, could not be."
            return replace(data, refusal=Refusal(error=words))
        found = unless_lost(attempted(lambda: self._in_scratch(table, data, is_read_later=is_read_later)))
        if isinstance(found, Refusal) or found.rows is None:
            self._not_built.add(table.name)
        return replace(data, refusal=found) if isinstance(found, Refusal) else found

    def _in_scratch(self, table: BranchTable, data: TableData, *, is_read_later: bool) -> TableData:
        with self._scratch.transaction(keep=is_read_later):
            found = self._built(table, data)
            if is_read_later and found.rows is not None:
                self._chain.keep(table.name)
            return found

    def _built(self, table: BranchTable, data: TableData) -> TableData:
        before = self._before(table)
        run = self._run(self._cautious(table), self._chain)
        inputs = all_checked(run, "input_check")
        reads = tuple(name for name in table.reads if name in self._chain.relations and name != table.name)
        data = replace(data, input_checks=inputs, reads=reads)
        filled = self._filled(run)
        if isinstance(filled, Refusal):
            return replace(data, refusal=filled)
        data = replace(
            data,
            after_words="the new query" if _is_another_query(table) else "the same query on what it reads now",
            rows=filled.rows,
            seconds=filled.seconds,
            columns=filled.columns,
            output_checks=all_checked(run, "output_check", scratch_table(self._scratch)),
            span=run.dates.span if table.after.table.refresh.is_incremental else None,
        )
        if isinstance(before, Refusal):
            words = f"It cannot be compared: the query of before fails. {before.error}"
            return replace(data, refusal=replace(before, error=words))
        # What people read may be a view of anybody: whatever that calls can write nothing.
        with (
            self._scratch.transaction(read_only=True, keep=False),
            self._scratch.in_zone(table.after.table.timezone) as session,
        ):
            found = unless_lost(attempted(lambda: self._compared(session, table, before, filled, data)))
        return replace(data, refusal=found) if isinstance(found, Refusal) else found

    def _compared(
        self, session: Session, table: BranchTable, before: "_Before | None", filled: ScratchTable, data: TableData
    ) -> TableData:
        shows_values = self._wanted.samples and table.after.settings.samples
        new = Relation(sql=FRESH_TABLE, columns=filled.columns, private=table.private)
        if before is None:
            names = [column.name for column in filled.columns]
            new = replace(new, private=new.private | _maybe_private(table, names))
            return replace(data, profiles=profiles(session, new, names, shows_values=shows_values))
        data = replace(data, before=before.kind, before_words=before.words)
        key = self._wanted.key
        diff = compare(
            session,
            before.relation,
            new,
            Key(columns=key, origin="option") if key else key_in_file(table.after.table),
            shows_values=shows_values,
            bounds=self._wanted.bounds,
            what=f"Comparing {table.name}",
        )
        return replace(data, refusal=diff) if isinstance(diff, Refusal) else replace(data, diff=diff)

    def _before(self, table: BranchTable) -> "_Before | Refusal | None":
        """What the new version is compared with; None: there is nothing."""
        grows = table.after.table.refresh.is_incremental
        live = self._live(table) if self._wanted.against == "live" and not grows else None
        if live:
            words = f"`{(table.before or table.after).table.full_name}` as readers see it now"
            return _Before(kind="live", words=words, relation=live)
        if table.before is None or not _gives_as_much(table.before, table.after):
            return None
        # Its tables are those of before, too: the warehouse's, or as their queries of before give them.
        run = self._run(table.before, self._chain_before)
        dates = replace(self._wanted.dates(table.after.table), zone=table.before.table.timezone)
        filled = self._filled(replace(run, dates=dates))
        if isinstance(filled, Refusal):
            return filled
        sql = self._chain_before.keep(table.before.table.full_name)
        relation = Relation(sql=sql, columns=filled.columns, private=table.private)
        return _Before(kind="base", words="the query of before on the same data", relation=relation)

    def _live(self, table: BranchTable) -> Relation | None:
        """None: there is no such table yet."""
        was = (table.before or table.after).table
        found = standing(self._scratch, was.schema, was.table)
        return replace(found, private=found.private | table.private) if found.columns else None

    def _cautious(self, table: BranchTable) -> Config:
        """As it will be, without the values that may not be shown as it was: whoever changes that wants to see them."""
        config = table.after
        if self._wanted.samples and table.private <= config.table.pii_columns:
            return config
        inputs, outputs = map(_without_samples, (config.table.input_check, config.table.output_check))
        return replace(
            config,
            settings=replace(config.settings, samples=False),
            table=replace(config.table, input_check=inputs, output_check=outputs),
        )

    def _run(self, config: Config, chain: Chain) -> Run:
        dates = self._wanted.dates(config.table)
        run = Run(config=config, dates=dates, open_session=self._scratch.opened, may_lack_rights=True)
        return chain.run(run)

    def _filled(self, run: Run) -> ScratchTable | Refusal:
        sql = rendered(run.table.main_sql, run.table, run.config.dialect, run.dates)
        sql = sql if isinstance(sql, Refusal) or run.table.cells else run.sent(sql)
        if isinstance(sql, Refusal):
            return sql
        started = time.monotonic()
        found = unless_lost(build(run, sql, partial(_fill, bounds=self._wanted.bounds)))
        is_stopped = isinstance(found, Refusal) and found.sqlstate == QUERY_CANCELED
        if is_stopped and time.monotonic() - started >= self._wanted.bounds.minutes * 60:
            return build_too_slow(_building(run.table), self._wanted.bounds)
        return found


def _fill(
    session: Session, table: SummaryTable, run: BuildRun, source: Source, *, samples: bool, bounds: Bounds
) -> ScratchTable | Refusal:
    """`fill`, where the planner expects it to be cheap enough."""
    source.columns(session)
    what = _building(table)
    if isinstance(source, QuerySource):
        with session.read_only():
            expected = estimate(session, source.query, source.query)
        if refusal := too_expensive(what, expected, bounds):
            return refusal
    filled = fill(session, table, run, source, samples=samples)
    return too_large(session, what, FRESH_TABLE, bounds) or filled


def _building(table: SummaryTable) -> str:
    return f"Building {table.full_name}"


def _told_of_cycle(data: TableData, read: Sequence[str]) -> TableData:
    """`read`: what its query reads, and what comes behind it all the same, as that reads it in turn."""
    if data.refusal is None or not any(name in data.refusal.error for name in read):
        return data
    words = f"{quoted([data.table, *read])} read each other, so none of them can be built before the others."
    return replace(data, refusal=replace(data.refusal, error=f"{data.refusal.error} {words}"))


def _without_samples(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(check.without_samples() for check in checks)


def _is_another_query(table: BranchTable) -> bool:
    return table.before is None or table.before.table.main_sql != table.after.table.main_sql


def _maybe_private(table: BranchTable, names: Sequence[str]) -> frozenset[str]:
    """Columns that may be one with personal data that is gone, under another name."""
    if table.before is None or table.before.table.pii_columns <= {*names}:
        return frozenset()
    return frozenset(names) - {column.name for column in table.before.table.columns}


def _gives_as_much(before: Config, after: Config) -> bool:
    """One run gives a part of the table, or all of it: before as after."""
    return before.table.refresh.is_incremental == after.table.refresh.is_incremental
