"""`--warehouse` of the commands that work in a warehouse: the connection, and what `defaults.yaml` says of it."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from summary_tables.commands.options.folder_option import add_folder_option, chosen_folder
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import DEFAULTS_FILE, settings_from_data
from summary_tables.configs.folder import read_defaults
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.settings import Settings, Warehouse

if TYPE_CHECKING:
    from summary_tables.warehouse.session.driver import Connection


class RefusedError(Exception):
    """The warehouse cannot do what was asked; the text is one or more plain sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """An open connection and what is known of the warehouse at its other end. `samples`: values may be shown."""

    connection: "Connection"
    warehouse: Warehouse
    samples: bool = True


def add_warehouse_arguments(
    parser: argparse.ArgumentParser, *, or_sample: bool = False, is_required: bool = True
) -> None:
    """`or_sample`: the demo's may be asked instead. Not `is_required`: it does something without a warehouse, too."""
    which = parser.add_mutually_exclusive_group(required=is_required)
    which.add_argument(
        "--warehouse",
        metavar="ADDRESS",
        help="where it is: postgresql://builder@host:5432/warehouse with the password in PGPASSWORD, or env:NAME for "
        "the address in that environment variable",
    )
    if or_sample:
        words = "start one with the demo's tables and ask that (checkout only)"
        which.add_argument("--sample-warehouse", action="store_true", help=words)
    add_folder_option(parser)


@contextmanager
def connected(arguments: argparse.Namespace) -> Iterator[Connected]:
    """The warehouse that the arguments name.

    Raises UsageError where there is no way to it, and RefusedError for what it refuses inside the block.
    """
    settings = _settings(arguments)
    with ExitStack() as stack:
        address = arguments.warehouse if arguments.warehouse is not None else _sample_address(stack)
        connection = stack.enter_context(closing(_connection(address)))
        from summary_tables.warehouse.session.errors import WarehouseError

        try:
            yield Connected(connection=connection, warehouse=settings.warehouse, samples=settings.samples)
        except WarehouseError as error:
            raise RefusedError(str(error)) from None


def _sample_address(stack: ExitStack) -> str:
    from summary_tables.lint.dry_run.sample_warehouse import sample_warehouse

    try:
        return stack.enter_context(sample_warehouse())
    except WarehouseTrouble as trouble:
        raise UsageError(str(trouble)) from None


def _connection(address: str) -> "Connection":
    """By name: `--help` needs no driver."""
    try:
        module = import_module("summary_tables.lint.dry_run.address")
    except ImportError:
        raise UsageError(
            'the PostgreSQL driver is missing, which --warehouse needs: pip install "summary-tables[warehouse]"'
        ) from None
    try:
        connection: Connection = module.connect(address)
    except WarehouseTrouble as trouble:
        raise UsageError(str(trouble)) from None
    return connection


def _settings(arguments: argparse.Namespace) -> Settings:
    folder = chosen_folder(arguments)
    if not folder.is_dir():
        if arguments.folder is None:
            return Settings()
        raise UsageError(f"{arguments.folder} is not a folder")
    defaults = read_defaults(folder)
    if isinstance(defaults, tuple):
        path = folder / DEFAULTS_FILE
        raise UsageError(f"{path}, which describes the warehouse, cannot be read: run `summary-tables lint {folder}`")
    return settings_from_data(defaults)
