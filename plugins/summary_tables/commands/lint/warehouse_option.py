"""`--warehouse` and its like: what a warehouse says of the queries, as one more check of each file."""

import argparse
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from typing import Protocol, cast

from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.rule_ids import RULES
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.problem import Problem
from summary_tables.text.visible import visible_lines

__all__ = ["RULES", "WarehouseCheck", "add_arguments", "columns", "warehouse_check"]


class WarehouseCheck(Protocol):
    """Called for each file with what is already known to be wrong with it."""

    def __call__(self, file: TableFile, folder: ConfigFolder, known: tuple[Problem, ...]) -> tuple[Problem, ...]: ...

    def columns_text(self) -> str:
        """The columns that the queries of these files give, for people."""
        ...


def add_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("asking a warehouse", "Nothing is run in it, and nothing is left behind.")
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--warehouse",
        metavar="ADDRESS",
        help="what it says of each query: postgresql://reader@host:5432/warehouse with the password in PGPASSWORD, or "
        "env:NAME for the address in that environment variable",
    )
    which.add_argument(
        "--sample-warehouse", action="store_true", help="start one with the demo's tables and ask that (checkout only)"
    )
    group.add_argument("--allow-superuser", action="store_true", help="ask it even as a superuser")
    group.add_argument("--show-columns", action="store_true", help="print the columns that each main_sql gives")


@contextmanager
def warehouse_check(arguments: argparse.Namespace) -> Iterator[WarehouseCheck | None]:
    """None where no warehouse was named. Raises UsageError, at any call of it too, where it cannot be asked."""
    address = arguments.warehouse
    if address is None and not arguments.sample_warehouse:
        if arguments.show_columns or arguments.allow_superuser:
            raise UsageError("--show-columns and --allow-superuser need --warehouse or --sample-warehouse")
        yield None
        return
    try:
        with ExitStack() as stack:
            if arguments.sample_warehouse:
                # Its imports cost what every lint would pay.
                from summary_tables.lint.dry_run.sample_warehouse import sample_warehouse

                address = stack.enter_context(sample_warehouse())
            yield stack.enter_context(_opened(address, allow_superuser=arguments.allow_superuser))
    except WarehouseTrouble as trouble:
        raise UsageError(str(trouble)) from None


def columns(asked: WarehouseCheck | None, arguments: argparse.Namespace) -> str:
    """The columns that each query gives, where they were asked for; empty where they were not."""
    return visible_lines(asked.columns_text()) if asked and arguments.show_columns else ""


def _opened(address: str, *, allow_superuser: bool) -> AbstractContextManager[WarehouseCheck]:
    """By name: whoever lints without a warehouse needs no driver for one."""
    try:
        module = import_module("summary_tables.lint.dry_run.address")
    except ImportError:
        raise WarehouseTrouble(
            'the PostgreSQL driver is missing, which --warehouse needs: pip install "summary-tables[warehouse]"'
        ) from None
    return cast(AbstractContextManager[WarehouseCheck], module.dry_run(address, allow_superuser=allow_superuser))
