"""The step of a run that builds the new table."""

from typing import Protocol, TypeVar

from summary_tables.model.build import BuildRun
from summary_tables.model.failure import Refusal
from summary_tables.model.table import SummaryTable
from summary_tables.runs.cell_source import cell_rows
from summary_tables.runs.render import sendable
from summary_tables.runs.run import Run, attempted
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.increments.missing_part import is_cut, missing_part
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.query import QuerySource
from summary_tables.warehouse.sources.source import Source

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Builder(Protocol[T_co]):
    """Stores the rows of `source`, as `build_version` does. Raises `WarehouseError`."""

    def __call__(
        self, session: Session, table: SummaryTable, run: BuildRun, source: Source, *, samples: bool
    ) -> T_co: ...


def part_to_build(run: Run) -> Span | Refusal | None:
    """Of a table that is appended to: what of the run's interval others have not added yet; None: all of it."""
    if run.dates.span is None or not is_cut(run.table, run.build_run):
        return None

    def ask() -> Span | None:
        with run.open_session() as session:
            return missing_part(session, run.table, run.build_run)

    part = attempted(ask)
    if isinstance(part, Refusal) and part.sqlstate == INSUFFICIENT_PRIVILEGE and run.may_lack_rights:
        return None
    return part


def source_of(run: Run, sql: str) -> Source | Refusal:
    """Where the rows of the run come from. `sql` is the table's query as rendered, empty where it has none."""
    if cells := run.table.cells:
        return cell_rows(run, cells)
    query = sendable(sql, run.config.dialect)
    return query if isinstance(query, Refusal) else QuerySource(query)


def build(run: Run, sql: str, builder: Builder[T]) -> T | Refusal:
    """What `builder` makes of the rows of the run; see `source_of`."""
    source = source_of(run, sql)
    if isinstance(source, Refusal):
        return source
    samples = run.config.settings.samples

    def store() -> T:
        with run.open_session(run.table.limits, shows_values=run.table.shows_values(samples=samples)) as session:
            return builder(session, run.table, run.build_run, source, samples=samples)

    return attempted(store)
