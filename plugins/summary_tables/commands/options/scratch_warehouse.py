"""Where tables are built to be looked at: the sample data, or the warehouse of `--warehouse`."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from summary_tables.commands.usage_error import UsageError
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble

if TYPE_CHECKING:
    # They take longer to import than the server takes to start.
    from summary_tables.configs.folder import ConfigFolder
    from summary_tables.configs.table_file import TableFile
    from summary_tables.lint.engine import ExtraCheck
    from summary_tables.model.problem import Problem
    from summary_tables.warehouse.session.driver import Connection

_NO_DRIVER = 'the PostgreSQL driver is missing, which this needs: pip install "summary-tables[warehouse]"'


def add_warehouse_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("where it runs", "By default on the sample data of a checkout of the repository.")
    group.add_argument(
        "--warehouse",
        metavar="ADDRESS",
        help="in this one, where nothing is left behind: postgresql://reader@host:5432/warehouse with the password in "
        "PGPASSWORD, or env:NAME for the address in that environment variable",
    )
    group.add_argument("--allow-superuser", action="store_true", help="use it even as a superuser")


class Address(Protocol):
    """Where the address comes from."""

    def __call__(self) -> str:
        """Waits for the server where one is just starting. Raises `WarehouseTrouble`."""
        ...


class ScratchWarehouse:
    """`where` is what people call it, `day_with_rows` a day of which its tables have rows, where that is known.

    Its methods raise UsageError where it cannot be used.
    """

    def __init__(self, where: str, address: Address, *, allow_superuser: bool, day_with_rows: str = "") -> None:
        self.where = where
        self.day_with_rows = day_with_rows
        self._address = address
        self._allow_superuser = allow_superuser

    def extra_check(self, keep: "Callable[[TableFile, ConfigFolder], None]") -> "ExtraCheck":
        """What the warehouse says of a file in which lint finds no error; such a file is given to `keep`, with all."""

        def checked(file: "TableFile", folder: "ConfigFolder", known: "tuple[Problem, ...]") -> "tuple[Problem, ...]":
            if any(problem.level == "error" for problem in known):
                return ()
            keep(file, folder)
            with _plain_trouble(), _driver().dry_run(self._address(), allow_superuser=self._allow_superuser) as run:
                found: tuple[Problem, ...] = run(file, folder, known)
            return found

        return checked

    @contextmanager
    def connection(self) -> Iterator["Connection"]:
        """A connection of its own. Raises UsageError also where it is lost inside the block."""
        driver = _driver()
        with (
            _plain_trouble(),
            closing(driver.connect_as_reader(self._address(), allow_superuser=self._allow_superuser)) as connection,
        ):
            from summary_tables.warehouse.session.errors import WarehouseError

            try:
                yield connection
            except WarehouseError as error:
                raise UsageError(str(error)) from None


@contextmanager
def scratch_warehouse(arguments: argparse.Namespace) -> Iterator[ScratchWarehouse]:
    """The one that the arguments name. Raises UsageError where there is none."""
    with ExitStack() as stack, _plain_trouble():
        yield _given(arguments) if arguments.warehouse is not None else _sample(arguments, stack)


def _given(arguments: argparse.Namespace) -> ScratchWarehouse:
    return ScratchWarehouse(
        "the given warehouse", lambda: str(arguments.warehouse), allow_superuser=arguments.allow_superuser
    )


def _sample(arguments: argparse.Namespace, stack: ExitStack) -> ScratchWarehouse:
    from summary_tables.commands.options.sample_server import DAY_WITH_ROWS, SampleData

    if arguments.allow_superuser:
        raise UsageError("--allow-superuser needs --warehouse")
    data = SampleData(_say)
    stack.callback(data.close)
    return ScratchWarehouse("the sample data", data.address, allow_superuser=False, day_with_rows=DAY_WITH_ROWS)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _driver() -> Any:
    """By name: a file with errors needs no driver to be told so."""
    try:
        return import_module("summary_tables.lint.dry_run.address")
    except ImportError:
        raise UsageError(_NO_DRIVER) from None


@contextmanager
def _plain_trouble() -> Iterator[None]:
    try:
        yield
    except WarehouseTrouble as trouble:
        raise UsageError(str(trouble)) from None
