"""`--warehouse` of the commands that work in a warehouse: the connection, and what `defaults.yaml` says of it."""

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
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


def add_warehouse_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--warehouse",
        metavar="ADDRESS",
        required=True,
        help="where it is: postgresql://builder@host:5432/warehouse with the password in PGPASSWORD, or env:NAME for "
        "the address in that environment variable",
    )
    add_folder_option(parser)


@contextmanager
def connected(arguments: argparse.Namespace) -> Iterator[Connected]:
    """The warehouse that the arguments name.

    Raises UsageError where there is no way to it, and RefusedError for what it refuses inside the block.
    """
    settings = _settings(arguments)
    with closing(_connection(arguments.warehouse)) as connection:
        from summary_tables.warehouse.session.errors import WarehouseError

        try:
            yield Connected(connection=connection, warehouse=settings.warehouse, samples=settings.samples)
        except WarehouseError as error:
            raise RefusedError(str(error)) from None


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
