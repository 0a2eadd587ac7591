"""`--folder`: where the configs stand."""

import argparse
from pathlib import Path

from summary_tables.configs import config as config_files


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", metavar="DIR", help="where the configs stand; dag_configs/ if none is named")


def chosen_folder(arguments: argparse.Namespace) -> Path:
    """The folder that was named; else `dag_configs/` where the person stands, or the one beside this library."""
    if arguments.folder is not None:
        return Path(arguments.folder)
    here = Path(config_files.FOLDER.name)
    return here if here.is_dir() else config_files.FOLDER
