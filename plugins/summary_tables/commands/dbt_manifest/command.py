"""`summary-tables dbt manifest`: dbt writes down what its projects build, for lint and Airflow, which ask no dbt."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.folder_option import add_folder_option, chosen_folder
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import read_folder
from summary_tables.runs.dbt_build.parse import Parsed, parse_project
from summary_tables.runs.dbt_build.program import MISSING
from summary_tables.text.english import counted, listed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    manifest = actions.add_parser(
        "manifest", help="have dbt write target/manifest.json of the projects that dag_configs/ names"
    )
    manifest.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="only of these files; else of all")
    add_folder_option(manifest)


def run(arguments: argparse.Namespace) -> int:
    """PROBLEMS where dbt cannot read a project."""
    files = tuple(_files(arguments))
    if not files:
        raise UsageError("no file of a dbt project was found: such a file has the key `dbt`")
    results = [(file, parse_project(file.config)) for file in files]
    for file, result in results:
        sys.stdout.write(f"{file.config.file}: {_words(result)}\n")
    return OK if all(isinstance(result, Parsed) for _, result in results) else PROBLEMS


def _files(arguments: argparse.Namespace) -> Iterator[DbtFile]:
    named = {_absolute(path) for path in arguments.paths}
    folders = sorted({path.parent for path in named}) or [chosen_folder(arguments)]
    found = {_absolute(file.path): file for each in folders for file in read_folder(each).projects}
    if unknown := sorted(str(path) for path in named - found.keys()):
        raise UsageError(f"{listed(unknown)}: no file of a dbt project; such a file has the key `dbt`")
    yield from (file for path, file in sorted(found.items()) if not named or path in named)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _words(result: "Parsed | str") -> str:
    if isinstance(result, str):
        return f"dbt cannot read the project: {result}" if result != MISSING else result
    return f"{counted(result.models, 'model')} and {counted(result.tests, 'test')} in {result.manifest}"
