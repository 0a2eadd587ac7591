"""`summary-tables orphans`: what the warehouse still holds of tables whose config is gone, and dropping it."""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.folder_option import chosen_folder
from summary_tables.commands.options.warehouse import Connected, RefusedError, add_warehouse_arguments, connected
from summary_tables.commands.usage_error import UsageError
from summary_tables.commands.versions.confirmation import add_yes_option, confirmed
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.text.visible import visible

if TYPE_CHECKING:
    from summary_tables.warehouse.history.drop_orphan import Dropped
    from summary_tables.warehouse.history.orphans import Leftovers, Orphan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_warehouse_arguments(parser)
    parser.add_argument("--drop", action="store_true", help="drop it, except for what something depends on")
    add_yes_option(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="for people or for programs; with --drop needs --yes"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.drop and arguments.format == "json" and not arguments.yes:
        raise UsageError("--drop --format json shows nothing before it drops; add --yes to do it")
    folder = _folder(arguments)
    try:
        with connected(arguments) as at:
            return _run(at, folder, arguments)
    except RefusedError as refused:
        print(f"summary-tables: {visible(str(refused))}", file=sys.stderr)
        return PROBLEMS


def _folder(arguments: argparse.Namespace) -> ConfigFolder:
    """Raises UsageError where it cannot be known which tables have a config."""
    path = chosen_folder(arguments)
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder; name the one with the configs: --folder DIR")
    folder = read_folder(path)
    if arguments.drop and not folder.files and not folder.unreadable:
        raise UsageError(f"there is no config in {path}, so everything would be dropped; name the folder: --folder DIR")
    return folder


def _run(at: Connected, folder: ConfigFolder, arguments: argparse.Namespace) -> int:
    # They need the driver, which `connected` says is missing.
    from summary_tables.commands.versions.orphans_report import leftovers_json, leftovers_text
    from summary_tables.warehouse.history.orphans import leftovers

    found = leftovers(at.connection, at.warehouse, folder.by_name, folder.unreadable)
    is_text = arguments.format == "text"
    if is_text:
        print(leftovers_text(found, at.warehouse, str(folder.path), datetime.now(UTC)), end="", flush=True)
        _print_unsure(folder)
    if arguments.drop and found.orphans:
        if not confirmed(_question(found), arguments):
            print("Nothing was dropped.")
            return PROBLEMS
        if is_text:
            print()
        return _drop(at, found, arguments)
    if not is_text:
        print(leftovers_json(found, {}, {}), end="")
    elif found.orphans:
        print("\nNothing was dropped. With --drop all of it goes, except for what stays.")
    return OK


def _print_unsure(folder: ConfigFolder) -> None:
    if folder.unreadable:
        names = ", ".join(sorted(folder.unreadable))
        print(f"\nTheir files cannot be read, so these are not looked at: {visible(names)}")


def _question(found: "Leftovers") -> str:
    names = ", ".join(orphan.full_name for orphan in found.orphans)
    return visible(f"Drop what is left of {names}? It cannot be undone.")


def _drop(at: Connected, found: "Leftovers", arguments: argparse.Namespace) -> int:
    from summary_tables.commands.versions.orphans_report import dropped_text, leftovers_json

    dropped: dict[str, Dropped] = {}
    failed: dict[str, str] = {}
    for orphan in found.orphans:
        _drop_one(at, orphan, dropped, failed)
        if arguments.format == "text" and orphan.full_name in dropped:
            print(dropped_text(orphan, dropped[orphan.full_name]), flush=True)
    if arguments.format == "json":
        print(leftovers_json(found, dropped, failed), end="")
    for name, reason in failed.items():
        print(f"summary-tables: {visible(f'{name} was left alone: {reason}')}", file=sys.stderr)
    return PROBLEMS if failed or any(done.kept for done in dropped.values()) else OK


def _drop_one(at: Connected, orphan: "Orphan", dropped: "dict[str, Dropped]", failed: dict[str, str]) -> None:
    """One that cannot be dropped must not stop the others."""
    from summary_tables.warehouse.history.drop_orphan import drop_orphan
    from summary_tables.warehouse.session.errors import WarehouseError

    try:
        dropped[orphan.full_name] = drop_orphan(at.connection, at.warehouse, orphan)
    except WarehouseError as error:
        if at.connection.closed:
            raise
        failed[orphan.full_name] = str(error)
