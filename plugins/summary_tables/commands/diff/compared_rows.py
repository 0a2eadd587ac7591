"""The rows of the tables that a branch changes, before and after, as a warehouse tells them."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from typing import Any

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.preview import Preview
from summary_tables.commands.options.bounds_option import add_bounds_arguments, chosen_bounds
from summary_tables.commands.options.date_option import add_date_argument
from summary_tables.commands.options.key_option import add_key_argument
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import settings_from_data
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.model.table import SummaryTable
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.text.english import counted
from summary_tables.text.visible import visible

MOST_TABLES = 20
"""Each takes a build."""

_OF_ROWS = (
    *("table", "schema", "main_sql", "csv", "refresh", "columns", "input_check", "output_check", "indexes", "max_rows"),
)
"""What a change of can be seen when the table is built."""


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that have the rows compared."""
    group = parser.add_argument_group(
        "rows before and after", "Each table is built in a scratch, beside what there is; nothing is left behind."
    )
    group.add_argument(
        "--warehouse",
        metavar="ADDRESS",
        help="in this one: postgresql://reader@host:5432/warehouse with the password in PGPASSWORD, or env:NAME for "
        "the address in that environment variable",
    )
    group.add_argument("--sample-warehouse", action="store_true", help="on the sample data of a checkout")
    group.add_argument("--allow-superuser", action="store_true", help="use the warehouse even as a superuser")
    group.add_argument(
        "--against",
        choices=("live", "base"),
        default="live",
        help="what a table is compared with: live, as readers see it now; base: what its query of before gives on the "
        "same data (default: live, where there is such a table)",
    )
    add_date_argument(parser)
    add_key_argument(parser, "; default: a `unique` check, index or key of the file")
    add_bounds_arguments(parser)


def asks_for_data(arguments: argparse.Namespace) -> bool:
    """Raises UsageError where two warehouses are named."""
    if arguments.sample_warehouse and (arguments.warehouse is not None or arguments.allow_superuser):
        raise UsageError("--sample-warehouse is a warehouse of its own: leave out --warehouse and --allow-superuser")
    if arguments.allow_superuser and arguments.warehouse is None:
        raise UsageError("--allow-superuser needs --warehouse")
    return arguments.sample_warehouse or arguments.warehouse is not None


def compared_rows(arguments: argparse.Namespace, found: Preview) -> Mapping[str, TableData]:
    """What becomes of the rows of each table that changes or is affected, by its name. Raises UsageError."""
    names = tables_to_build(found.changes, found.affected, found.lineage_after)
    if len(names) > MOST_TABLES:
        _say_left_out(len(names) - MOST_TABLES)
    if not names:
        return {}
    dialect = found.after.by_name[names[0]].dialect
    if not dialect.runs_on_postgres:
        raise UsageError(f"rows are compared on PostgreSQL; it cannot speak the SQL of {dialect.title} yet")
    # By name: without these options, what a branch changes is told where there is no driver.
    options: Any = import_module("summary_tables.commands.options.scratch_warehouse")
    with options.scratch_warehouse(arguments) as warehouse, warehouse.connection() as connection:
        branch: Any = import_module("summary_tables.runs.data_diff.branch")
        day = warehouse.day_with_rows
        asked = arguments.date or (date.fromisoformat(day) if day else None)
        dates = partial(_dates, asked=asked, now=found.now)
        wanted = branch.Wanted(
            dates=dates,
            bounds=chosen_bounds(arguments),
            key=arguments.key,
            against=arguments.against,
            samples=found.before.defaults is not None and settings_from_data(found.before.defaults).samples,
        )
        tables = [_branch_table(name, found, branch) for name in names[:MOST_TABLES]]
        return {data.table: data for data in branch.branch_data(connection, tables, wanted)}


def tables_to_build(changes: Iterable[TableChange], affected: Iterable[str], after: Lineage) -> tuple[str, ...]:
    """Those whose rows or checks may come out otherwise, each behind those that it reads."""
    changed = (change.name for change in changes if change.after and _may_change_rows(change))
    return after.in_build_order({*changed, *affected})


def _may_change_rows(change: TableChange) -> bool:
    if change.before is None or change.after is None:
        return True
    before, after = change.before.config.table, change.after.config.table
    return change.has_other_rows or any(getattr(before, key) != getattr(after, key) for key in _OF_ROWS)


def _branch_table(name: str, found: Preview, branch: Any) -> Any:
    after = found.after.by_name[name]
    change = next((each for each in found.changes if each.name == name), None)
    before = change.before if change else found.before.by_name.get(name)
    return branch.BranchTable(
        before=before.config if before else None, after=after.config, reads=found.lineage_after.reads.get(name, ())
    )


def _dates(table: SummaryTable, asked: date | None, now: datetime) -> Any:
    dates: Any = import_module("summary_tables.runs.scheduled_dates")
    return dates.run_of_day(table, asked) if asked else dates.last_run(table, now.astimezone(UTC))


def _say_left_out(number: int) -> None:
    words = f"{counted(number, 'more table')} would have to be built; {MOST_TABLES} are at once"
    print(f"summary-tables: {visible(words)}", file=sys.stderr)
