"""`summary-tables export dbt`: the tables as a dbt project, for those who leave or want to see that they could."""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.export_dbt.output_folder import UNFINISHED, refusal, write_project
from summary_tables.commands.lint.known_sources_option import linted
from summary_tables.commands.options.folder_option import add_folder_option, chosen_folder
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.folder import read_folder
from summary_tables.lint.reports.concise import one_line
from summary_tables.text.english import counted
from summary_tables.text.visible import visible

if TYPE_CHECKING:
    from summary_tables.commands.export_dbt.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    tools = parser.add_subparsers(dest="tool", required=True, metavar="TOOL")
    words = "write a dbt project with a model, its tests and what is said of it for each table"
    dbt = tools.add_parser("dbt", help=words, description=words)
    dbt.add_argument("--output", metavar="DIR", required=True, help="the folder of the project: new or empty")
    dbt.add_argument("--name", metavar="NAME", default="summary_tables", help="what dbt calls it; summary_tables")
    add_folder_option(dbt)


def run(arguments: argparse.Namespace) -> int:
    """PROBLEMS, and nothing written, where lint finds errors. What dbt cannot say is printed and is no failure."""
    from summary_tables.commands.export_dbt.project import dbt_project

    folder_path, output = chosen_folder(arguments), Path(arguments.output)
    _refuse(folder_path, output, arguments.name)
    if any(problem.level == "error" for problem in linted(folder_path).problems):
        print("Nothing was written: mend what `summary-tables lint` says first.", file=sys.stderr)
        return PROBLEMS
    project = dbt_project(read_folder(folder_path), arguments.name)
    try:
        write_project(project.files, output)
    except OSError as error:
        left = f"; {output} holds a part of the project: delete it" if (output / UNFINISHED).exists() else ""
        raise UsageError(f"{error.filename or output} cannot be written: {error.strerror}{left}") from None
    for problem in project.problems:
        print(visible(one_line(problem)))
    print(visible(_done(project, output)))
    return OK


def _refuse(folder: Path, output: Path, name: str) -> None:
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name that of the configs with --folder")
    if folder.absolute() in (output.absolute(), *output.absolute().parents):
        raise UsageError(f"--output: {output} is inside {folder}, which holds nothing but files of tables")
    try:
        reason = refusal(output)
    except OSError as error:
        raise UsageError(f"--output: {error.filename or output} cannot be read: {error.strerror}") from None
    if reason:
        raise UsageError(f"--output: {reason}")
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise UsageError(f"--name: dbt calls a project by lower-case letters, digits and `_`, not {name!r}")


def _done(project: "Project", output: Path) -> str:
    parts = [
        counted(project.models, "model"),
        *([counted(project.seeds, "seed")] if project.seeds else []),
        counted(project.tests, "test"),
        *([counted(project.unit_tests, "unit test")] if project.unit_tests else []),
    ]
    return f"Wrote {', '.join(parts[:-1])} and {parts[-1]} to {output}: how to run them stands in its README.md."
