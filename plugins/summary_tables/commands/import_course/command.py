"""`summary-tables import`: configs from Python files that hold a table as a dict."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from summary_tables.commands import whole_file
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.commands.import_course.dicts import Imported, ImportedTable, imported
from summary_tables.commands.new import draft
from summary_tables.commands.options.folder_option import add_folder_option, chosen_folder
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.lint.reports.concise import one_line
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.model.shown_name import shown_name
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.text.visible import visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE.py", help="a file with a dict for each table; it is not run")
    add_folder_option(parser)
    parser.add_argument("--stdout", action="store_true", help="print the configs instead of writing them")
    parser.add_argument("--force", action="store_true", help="replace configs that exist")


def run(arguments: argparse.Namespace) -> int:
    folder_path, files = chosen_folder(arguments), [Path(file) for file in arguments.files]
    if mistake := _usage_mistake(folder_path, files):
        print(f"summary-tables: {visible(mistake)}", file=sys.stderr)
        return USAGE
    folder = read_folder(folder_path)
    dialect = dialect_of(settings_from_data(folder.defaults or {}).warehouse.dialect)
    found = [imported(_content(file), str(file), folder_path, dialect) for file in files]
    tables, problems = _distinct(found)
    if arguments.stdout:
        print("---\n".join(table.draft.text for table in tables), end="")
    else:
        tables, unwritten = _write(tables, replace_existing=arguments.force)
        problems += unwritten
    problems += _said_by_lint(tables, folder)
    written = [] if arguments.stdout else [shown_name(table.draft.path) for table in tables]
    return _report(problems, written, sys.stderr if arguments.stdout else sys.stdout)


_MOST_BYTES = 10_000_000


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


def _usage_mistake(folder: Path, files: Iterable[Path]) -> str:
    if not folder.is_dir():
        return f"{folder} is not a folder"
    return next((f"{file} is not a file" for file in files if not file.is_file()), "")


def _distinct(found: Iterable[Imported]) -> tuple[list[ImportedTable], list[Problem]]:
    """Of several tables with one name the first stays."""
    problems = [problem for one in found for problem in one.problems]
    tables: dict[Path, ImportedTable] = {}
    for table in (table for one in found for table in one.tables):
        path = table.draft.path
        if tables.setdefault(path, table) is not table:
            message = "two of the dicts are to become this file; the first one was taken"
            problems.append(_of_file(path, message, "give each table a name of its own"))
    return list(tables.values()), problems


def _write(tables: Iterable[ImportedTable], *, replace_existing: bool) -> tuple[list[ImportedTable], list[Problem]]:
    """The tables that were written, and why the others were not."""
    written, problems = list[ImportedTable](), list[Problem]()
    for table in tables:
        path = table.draft.path
        try:
            whole_file.write(path, table.draft.text, replace_existing=replace_existing)
            written.append(table)
        except FileExistsError:
            message, fix = "the file exists and was left as it is", "delete it first, or say --force"
            problems.append(_of_file(path, message, fix))
        except OSError as error:
            problems.append(_of_file(path, f"the file cannot be written: {error.strerror}"))
    return written, problems


def _of_file(path: Path, message: str, fix: str = "") -> Problem:
    return Problem.of(Finding(place=WHOLE_FILE, rule="import", message=message, fix=fix), path)


def _report(problems: Iterable[Problem], written: list[str], stream: TextIO) -> int:
    lines = list(_lines(problems, written))
    print("\n".join(lines), end="\n" if lines else "", file=stream)
    failed = any(problem.level == "error" for problem in problems)
    if failed:
        print("Mend what stands above, then run `summary-tables lint`.", file=stream)
    elif written:
        print("Read the new files, then open a pull request.", file=stream)
    return PROBLEMS if failed else OK


def _lines(problems: Iterable[Problem], written: list[str]) -> Iterator[str]:
    """What was written, then what is wrong."""
    yield from (visible(f"Wrote {name}.") for name in written)
    for problem in problems:
        yield from _problem_lines(problem)


def _problem_lines(problem: Problem) -> Iterator[str]:
    """One line; what is to be written into a file keeps its lines, so that it can be copied."""
    first, *lines = problem.fix.splitlines() or [""]
    yield one_line(replace(problem, fix=first))
    yield from (f"    {visible(line)}" for line in lines)
