"""The steps of a run that check: what the table is built from, and the new table."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.checks import MOST_ROWS, Check, CheckResult
from summary_tables.checks.check_sql import EARLIER_BUILDS, LIVE_TABLE
from summary_tables.model.check_run import CheckRun
from summary_tables.model.failure import Refusal
from summary_tables.model.placeholders import fill_earlier_builds, fill_fresh_table, fill_live_table
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import CheckStep, SummaryTable
from summary_tables.runs.render import rendered, sendable
from summary_tables.runs.run import Run, attempted, unless_lost
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.ask import answer_in
from summary_tables.warehouse.comparisons import earlier_builds, readable_earlier_builds
from summary_tables.warehouse.increments.whole_table import WHOLE_TABLE, whole_table, with_whole_table
from summary_tables.warehouse.live_column import live_column
from summary_tables.warehouse.logs.build_log import logged_build


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTable:
    """What output checks look at. `relation` is what SQL calls it, `schema` and `name` are what the catalog does.

    `version` is its name in the build log; empty: it does not stand there.
    """

    relation: str
    schema: str
    name: str
    version: str = ""


def new_version(warehouse: Warehouse, version: str) -> NewTable:
    """A version that a run has stored."""
    schema = warehouse.versions_schema
    return NewTable(relation=qualified(schema, version), schema=schema, name=version, version=version)


def checked(run: Run, step: CheckStep, new: NewTable | None = None) -> Iterator[CheckRun]:
    """All checks of one list, one after the other. `new`: the table that output checks look at."""
    for index, check in enumerate(run.table.checks(step)):
        sql = check_query(run, check, check.sql, new)
        result = sql if isinstance(sql, Refusal) else check_result(run, check, sql)
        yield check_run(run.table, step, index, result)


def all_checked(run: Run, step: CheckStep, new: NewTable | None = None) -> tuple[CheckRun, ...]:
    """The same, done. Raises `WarehouseError` where the connection is lost."""
    found = []
    for check in checked(run, step, new):
        unless_lost(check.result)
        found.append(check)
    return tuple(found)


def check_query(run: Run, check: Check, source: str, new: NewTable | None) -> str | Refusal:
    """`source`, the query of `check`, as it is sent; `new` is None before the build."""

    def fill(sql: str) -> str:
        return _new_table_filled(run, check, sql, new) if new else sql

    sql = attempted(lambda: rendered(source, run.table, run.config.dialect, run.dates, fill))
    return sql if isinstance(sql, Refusal) else run.sent(sql)


def check_result(run: Run, check: Check, sql: str) -> CheckResult | Refusal:
    """What the check finds; `sql` is its query as rendered."""
    if isinstance(refusal := sendable(sql, run.config.dialect), Refusal):
        return refusal

    def ask() -> CheckResult:
        with run.open_session(run.table.limits, shows_values=check.samples) as session:
            answer = answer_in(session, sql, width=check.width, most=MOST_ROWS, is_ours=not check.IS_QUERY)
        return check.judge(answer)

    return attempted(ask)


def check_run(
    table: SummaryTable,
    step: CheckStep,
    index: int,
    result: CheckResult | Refusal,
    *,
    seconds: float = 0.0,
    version: str = "",
) -> CheckRun:
    """The record of one check; `index` is its place in its list, from 0."""
    return CheckRun(
        step=step,
        position=index + 1,
        name=table.check_names(step)[index],
        severity=table.checks(step)[index].severity,
        result=result,
        seconds=seconds,
        version=version,
    )


def _new_table_filled(run: Run, check: Check, sql: str, new: NewTable) -> str:
    if check.whole_table:
        return with_whole_table(fill_fresh_table(sql, WHOLE_TABLE), _whole_table(run, new))
    sql = fill_fresh_table(sql, new.relation)
    # A query that a person wrote compares with nothing: what looks like that in it means itself.
    if check.IS_QUERY:
        return sql
    if EARLIER_BUILDS in sql:
        sql = fill_earlier_builds(sql, _earlier_builds(run))
    if LIVE_TABLE in sql:
        with run.open_session() as session:
            sql = fill_live_table(sql, live_column(session, run.table, run.build_run, check.columns[0]))
    return sql


def _whole_table(run: Run, new: NewTable) -> str:
    with run.open_session() as session:
        built = logged_build(session, run.table, new.version) if new.version else run.build_run
        return whole_table(session, run.table, built, new.relation, session.sql.catalog.columns(new.schema, new.name))


def _earlier_builds(run: Run) -> str:
    if not run.may_lack_rights:
        return earlier_builds(run.table, run.warehouse, run.build_run)
    with run.open_session() as session:
        return readable_earlier_builds(session, run.table, run.build_run)
