"""The whole preview of one table on an open connection: the steps of a run, and what publishing would do.

What the table reads and the warehouse does not have is built before it, what reads it is built behind it, all in one
transaction that is rolled back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from summary_tables.commands.preview.chain_plan import (
    ChainPlan,
    PlannedRun,
    Standing,
    Upstream,
    cycle_words,
    standing,
    upstream,
)
from summary_tables.commands.preview.first_rows import first_rows
from summary_tables.commands.preview.publishing import publishing
from summary_tables.commands.preview.result import Built, ChainResult, PreviewResult, TakenTable
from summary_tables.model.failure import Refusal
from summary_tables.runs.build_step import build, part_to_build
from summary_tables.runs.check_step import all_checked
from summary_tables.runs.dates import part_of
from summary_tables.runs.export_plan import export_plan
from summary_tables.runs.render import rendered
from summary_tables.runs.run import AccountOf, Run, attempted, own_account, unless_lost
from summary_tables.runs.scratch.chain import Chain
from summary_tables.runs.scratch.scratch_session import ScratchSession, scratch_session
from summary_tables.runs.scratch.scratch_table import fill, scratch_table
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import Session, open_session

_MOST_MISTAKES = 1_000
"""Of cells: whoever previews a sheet mends all of it."""


def preview(connection: Connection, plan: ChainPlan, rows: int, google_account: AccountOf = own_account) -> ChainResult:
    """Checks, builds and checks again, and rolls all of it back; fetches the first `rows` rows of each table.

    `google_account`: by whom Google Sheets are read.

    Works on PostgreSQL only. Raises `WarehouseError` where the connection is lost.
    """
    table, settings = plan.table.config.table, plan.table.config.settings
    shows_values = table.shows_values(samples=settings.samples)
    sessions = partial(open_session, connection, settings.warehouse)
    with sessions(table.limits, shows_values=shows_values) as session, scratch_session(session) as scratch:
        found = _Previews(plan=plan, session=session, scratch=scratch, rows=rows, google_account=google_account)
        results = [found.previewed(run) for run in plan.previewed]
    return ChainResult(table=results[0], readers=tuple(results[1:]), left_out=plan.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Previews:
    """What has been built in `scratch` so far."""

    plan: ChainPlan
    session: Session
    scratch: ScratchSession
    rows: int
    google_account: AccountOf
    built: dict[str, PreviewResult] = field(default_factory=dict)
    chain: Chain = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "chain", Chain(self.scratch))

    def previewed(self, planned: PlannedRun) -> PreviewResult:
        """A table that is asked for, with what it reads."""
        needs = upstream(self.plan, planned, self.built, self._standing)
        nothing = PreviewResult(table=planned.name, dates=planned.dates)
        if needs.cycle:
            return replace(nothing, refusal=Refusal(error=f"{cycle_words(needs.cycle)}."))
        for name in needs.build:
            if name not in self.built:
                self._build(self.plan.runs[name], 0)
        reads = tuple(self._taken(planned, needs))
        if refusal := self._missing(planned):
            return replace(nothing, reads=reads, refusal=refusal)
        return replace(self._build(planned, self.rows), reads=reads)

    def _taken(self, planned: PlannedRun, needs: Upstream) -> Iterator[TakenTable]:
        read = {*self.plan.reads.get(planned.name, ()), *needs.build}
        for name, result in self.built.items():
            if name in read:
                yield TakenTable(table=name, result=result, reason=needs.reasons.get(name, ""))
        yield from (TakenTable(table=name) for name in needs.live)

    def _missing(self, planned: PlannedRun) -> Refusal | None:
        """Why what the table reads is not there."""
        for name in self.plan.reads.get(planned.name, ()):
            result = self.built.get(name)
            if result and result.refusal:
                error = f"{name}, which it reads, cannot be built: {result.refusal.error}"
                return replace(result.refusal, error=error)
        return None

    def _build(self, planned: PlannedRun, rows: int) -> PreviewResult:
        result = PreviewResult(table=planned.name, dates=planned.dates)
        refusal = Refusal(error=planned.unusable) if planned.unusable else self._missing(planned)
        if refusal:
            result = replace(result, refusal=refusal)
        else:
            run = Run(
                config=planned.config,
                dates=planned.dates,
                open_session=self.scratch.opened,
                may_lack_rights=True,
                google_account=self.google_account,
                most_mistakes=_MOST_MISTAKES,
            )
            result = self._run(self.chain.run(run), result, rows)
        if result.built:
            self.chain.keep(planned.name)
        self.built[planned.name] = result
        return result

    def _run(self, run: Run, result: PreviewResult, rows: int) -> PreviewResult:
        result = replace(result, input_checks=all_checked(run, "input_check"))
        part = unless_lost(part_to_build(run))
        if isinstance(part, Refusal):
            return replace(result, refusal=part)
        run = replace(run, dates=part_of(run.dates, part)) if part else run
        sql = rendered(run.table.main_sql, run.table, run.config.dialect, run.dates)
        sql = sql if isinstance(sql, Refusal) or run.table.cells else run.sent(sql)
        if isinstance(sql, Refusal):
            return replace(result, refusal=sql)
        query = sql
        found = unless_lost(attempted(lambda: self._built(run, query, rows, replace(result, part=part))))
        return replace(result, refusal=found) if isinstance(found, Refusal) else found

    def _built(self, run: Run, sql: str, rows: int, result: PreviewResult) -> PreviewResult | Refusal:
        table = run.table
        shows_values = table.shows_values(samples=run.config.settings.samples)
        scratch = replace(self.scratch, shows_values=shows_values)
        session = replace(self.session, shows_values=shows_values)
        with scratch.savepoint():
            filled = build(run, sql, fill)
            if isinstance(filled, Refusal):
                return filled
            with scratch.in_zone(table.timezone) as of_zone:
                shown, ordered_by = first_rows(of_zone, filled.columns, rows, table.pii_columns)
            outputs = all_checked(run, "output_check", scratch_table(scratch))
            change = publishing(session, table, filled, run.build_run)
        built = Built(
            rows=filled.rows, seconds=filled.seconds, columns=filled.columns, first_rows=shown, ordered_by=ordered_by
        )
        plan = export_plan(table, table.export.google_sheet, filled.columns, filled.rows) if table.export else None
        return replace(result, built=built, output_checks=outputs, publishing=change, export=plan)

    def _standing(self, table: str) -> Standing:
        schema, _, name = table.partition(".")
        return standing(self.session, schema, name)
