"""`summary-tables import`: configs from Python files that hold a table as a dict, or from a dbt project."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from summary_tables.commands.exit_code import USAGE
from summary_tables.commands.import_course.dicts import Imported, ImportedTable, imported
from summary_tables.commands.import_dbt.project import is_dbt
from summary_tables.commands.import_files import from_dbt
from summary_tables.commands.import_files.written import of_file, report, write_drafts
from summary_tables.commands.new import draft
from summary_tables.commands.options.folder_option import add_folder_option, folder_to_fill
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.model.problem import Problem
from summary_tables.model.shown_name import shown_name
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.text.visible import visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE.py",
        help="a file with a dict for each table; it is not run. Or the folder of a dbt project, or its manifest.json",
    )
    add_folder_option(parser)
    parser.add_argument("--stdout", action="store_true", help="print the configs instead of writing them")
    parser.add_argument("--force", action="store_true", help="replace configs that exist")
    from_dbt.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    folder_path, files = folder_to_fill(arguments), [Path(file) for file in arguments.files]
    if mistake := _usage_mistake(folder_path, files):
        print(f"summary-tables: {visible(mistake)}", file=sys.stderr)
        return USAGE
    folder = read_folder(folder_path)
    return from_dbt.run(arguments, files[0], folder) if is_dbt(files[0]) else _from_dicts(arguments, files, folder)


def _from_dicts(arguments: argparse.Namespace, files: list[Path], folder: ConfigFolder) -> int:
    dialect = dialect_of(settings_from_data(folder.defaults or {}).warehouse.dialect)
    found = [imported(_content(file), str(file), folder.path, dialect) for file in files]
    tables, problems = _distinct(found)
    written = list[str]()
    if arguments.stdout:
        print("---\n".join(table.draft.text for table in tables), end="")
    else:
        drafts, unwritten = write_drafts((table.draft for table in tables), replace_existing=arguments.force)
        written = [shown_name(each.path) for each in drafts]
        tables = [table for table in tables if table.draft in drafts]
        problems += unwritten
    problems += _said_by_lint(tables, folder)
    return report(problems, written, sys.stderr if arguments.stdout else sys.stdout)


_MOST_BYTES: Final = 10_000_000


def _content(file: Path) -> bytes:
    content = read_content(file, _MOST_BYTES)
    if isinstance(content, NoContent):
        raise UsageError(f"{file} cannot be read: {content.why}")
    if len(content) > _MOST_BYTES:
        raise UsageError(f"{file} is larger than {_MOST_BYTES // 1_000_000} MB")
    return content


def _said_by_lint(tables: Iterable[ImportedTable], folder: ConfigFolder) -> Iterator[Problem]:
    by_path = {table.draft.path: table for table in tables}
    problems = draft.problems([table.draft for table in tables], folder)
    return (problem for problem in problems if not by_path[problem.path].is_echo(problem))


def _usage_mistake(folder: Path, files: list[Path]) -> str:
    if not folder.is_dir():
        return f"{folder} is not a folder"
    if len(files) > 1 and any(map(is_dbt, files)):
        return "a dbt project is imported by itself: name nothing beside it"
    odd = next((file for file in files if not file.is_file() and not from_dbt.is_project(file)), None)
    if odd is None:
        return ""
    return f"{odd} is a folder without dbt_project.yml" if odd.is_dir() else f"{odd} is not a file"


def _distinct(found: Iterable[Imported]) -> tuple[list[ImportedTable], list[Problem]]:
    """Of several tables with one name the first stays."""
    problems = [problem for one in found for problem in one.problems]
    tables: dict[Path, ImportedTable] = {}
    for table in (table for one in found for table in one.tables):
        path = table.draft.path
        if tables.setdefault(path, table) is not table:
            message = "two of the dicts are to become this file; the first one was taken"
            problems.append(of_file(path, message, "give each table a name of its own"))
    return list(tables.values()), problems
