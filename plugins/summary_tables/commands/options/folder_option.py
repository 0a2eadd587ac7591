"""`--folder`: where the configs stand."""

import argparse
import os
from pathlib import Path

from summary_tables.commands.usage_error import UsageError
from summary_tables.configs import config as config_files


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", metavar="DIR", help="where the configs stand; dag_configs/ if none is named")


def chosen_folder(arguments: argparse.Namespace) -> Path:
    """The folder that was named, else `configs_here`; it may not exist."""
    return Path(arguments.folder) if arguments.folder is not None else configs_here()


def folder_to_fill(arguments: argparse.Namespace) -> Path:
    """The same for what writes files: never into a repository in which nobody stands."""
    if arguments.folder is not None:
        return Path(arguments.folder)
    found = _found_here()
    if found is None:
        name = config_files.FOLDER_NAME
        raise UsageError(f"there is no folder {name}/ here: `summary-tables init` makes one, or name it with --folder")
    return found


def configs_here() -> Path:
    """`dag_configs/` where the person stands, or in the nearest folder above in the same repository.

    Where there is none: the one beside this library, which exists in a checkout only.
    """
    return _found_here() or config_files.FOLDER


def _found_here() -> Path | None:
    here = Path.cwd()
    for place in (here, *here.parents):
        found = place / config_files.FOLDER_NAME
        if found.is_dir():
            return Path(os.path.relpath(found, here))
        if (place / ".git").exists():
            break
    return None
