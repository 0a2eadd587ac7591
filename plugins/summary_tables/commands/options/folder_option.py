"""`--folder`: where the configs stand."""

import argparse
import os
from pathlib import Path

from summary_tables.configs import config as config_files


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", metavar="DIR", help="where the configs stand; dag_configs/ if none is named")


def chosen_folder(arguments: argparse.Namespace) -> Path:
    """The folder that was named, else `configs_here`; it may not exist."""
    return Path(arguments.folder) if arguments.folder is not None else configs_here()


def configs_here() -> Path:
    """`dag_configs/` where the person stands, or in the nearest folder above in the same repository.

    Where there is none: the one beside this library, which exists in a checkout only.
    """
    here = Path.cwd()
    for place in (here, *here.parents):
        found = place / config_files.FOLDER_NAME
        if found.is_dir():
            return Path(os.path.relpath(found, here))
        if (place / ".git").exists():
            break
    return config_files.FOLDER
