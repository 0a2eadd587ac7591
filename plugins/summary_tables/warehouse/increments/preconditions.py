"""Whether the rows of a run can be added to a table: looked at while the increment is built."""

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import RUN_COLUMN, strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.increments.base import types_of
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Addition
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


def refuse_unsuitable_query(table: SummaryTable, run: BuildRun, columns: tuple[str, ...]) -> None:
    """Raise `WarehouseError` if a result with these `columns`, or this run, can be no increment; before it is built."""
    refresh = table.refresh
    if not refresh.is_incremental:
        return
    if RUN_COLUMN in columns:
        raise WarehouseError(
            f'The column "{RUN_COLUMN}" of the query has a name that the table needs to know its increments by. '
            "Write ... AS another_name."
        )
    strategy = strategy_named(refresh.strategy)
    for option, names in strategy.columns(refresh).items():
        unknown = next((name for name in names if name not in columns), None)
        if unknown is not None:
            raise WarehouseError(
                f'`{option}` of `{refresh.strategy}` names the column "{unknown}", which the query does not return. '
                f"Its columns are: {', '.join(columns)}."
            )
    if not run.full_refresh and (problem := strategy.why_not_run(run)):
        raise WarehouseError(problem)


def refuse_unsuitable_rows(
    session: Session, table: SummaryTable, run: BuildRun, version: str, *, samples: bool
) -> None:
    """Raise `WarehouseError` if the rows of `version`, which the run built, cannot be added.

    `samples`: the words show a few of the wrong values, unless those are personal data.
    """
    name = strategy_of(table, run)
    if name == "replace":
        return
    types = types_of(session, version)
    addition = Addition(table=table, run=run, version=version, types=types, samples=samples)
    if problem := strategy_named(name).why_not_rows(session, addition):
        raise WarehouseError(problem)
