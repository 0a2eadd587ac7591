"""Whether what a run has built can be added to a table that grows, or take its place."""

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import RUN_COLUMN, strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.increments.base import types_of
from summary_tables.warehouse.increments.other_days import refuse_other_days
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Addition
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

_ANYWAY = 'start a run with the configuration {"full_refresh": true, "may_lose_rows": true}'


def require_suitable_query(table: SummaryTable, run: BuildRun, columns: tuple[str, ...]) -> None:
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


def require_suitable_rows(session: Session, table: SummaryTable, run: BuildRun, version: str, *, samples: bool) -> None:
    """Raise `WarehouseError` if the rows of `version`, which the run built, cannot be added.

    `samples`: the words show a few of the wrong values, unless those are personal data.
    """
    name = strategy_of(table, run)
    if name == "replace":
        return
    types = types_of(session, version)
    refuse_other_days(session, table, run, types)
    addition = Addition(table=table, run=run, version=version, types=types, samples=samples)
    if problem := strategy_named(name).why_not_rows(session, addition):
        raise WarehouseError(problem)


def why_rows_would_go(session: Session, table: SummaryTable, whole: str) -> str:
    """Why publishing the relation `whole` would take rows away, in plain sentences; empty if nothing is known of any.

    The source of a table may keep the last days only. Raises `WarehouseError`.
    """
    if not table.refresh.is_incremental or look_up(session, table).kind not in ("ours", "table"):
        return ""
    live = qualified(table.schema, table.table)
    lacking = strategy_named(table.refresh.strategy).lost(session, table, live, whole)
    return lacking and (
        f"This build of the whole table {table.full_name} {lacking}. Its source may no longer have all that the table "
        f"has. Nothing was changed. To publish it all the same, {_ANYWAY}."
    )
