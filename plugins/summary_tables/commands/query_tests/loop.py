"""The tests of the files that somebody names: found, run, reported."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.lint.summary import verdict
from summary_tables.commands.options import report_output
from summary_tables.commands.options.lint_paths import lint_paths
from summary_tables.commands.query_tests import output
from summary_tables.commands.query_tests.result import QueryTestCase, QueryTestResult
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.engine import lint
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import Problem
from summary_tables.text.spelling import nearest

_NO_DRIVER = 'the PostgreSQL driver is missing, which test needs: pip install "summary-tables[warehouse]"'


def test_files(arguments: argparse.Namespace, address: Callable[[], str]) -> int:
    """Returns OK, or PROBLEMS where a test failed or could not be run. Raises UsageError."""
    started = time.monotonic()
    files, folders, result = _read(lint_paths(arguments.paths))
    if result.problems:
        report_output.put_report(result, arguments)
        sys.stdout.flush()
        print(f"\n{verdict(result)} No test was run.", file=sys.stderr)
        return PROBLEMS
    cases = _cases(files, arguments.name)
    results = run_cases(cases, folders, address) if cases else ()
    output.put(results, arguments)
    sys.stdout.flush()
    print(output.last_line(results, time.monotonic() - started), file=sys.stderr)
    return OK if all(result.passed for result in results) else PROBLEMS


def _read(paths: list[Path]) -> tuple[list[TableFile], list[ConfigFolder], LintResult]:
    """The files that have tests, their folders, and the errors because of which tests cannot be run."""
    files: list[TableFile] = []
    folders: dict[Path, ConfigFolder] = {}
    untested: set[Path] = set()

    def keep(file: TableFile, folder: ConfigFolder, _: tuple[Problem, ...]) -> tuple[Problem, ...]:
        folders[folder.path] = folder
        if file.data.get("tests"):
            files.append(file)
        else:
            untested.add(file.config.path)
        return ()

    result = lint(paths, extra_check=keep)
    if not result.files:
        raise UsageError(f"no config files in {paths[0]}/")
    # Warnings, comments for lint, and what is wrong with files without tests are for `lint` to say.
    errors = (
        problem
        for problem in result.problems
        if problem.level == "error" and problem.rule != "lint-comment" and problem.path not in untested
    )
    return files, list(folders.values()), replace(result, problems=tuple(errors))


def _cases(files: Sequence[TableFile], name: str) -> tuple[QueryTestCase, ...]:
    every = [case for file in files for case in cases_of_file(file)]
    wanted = tuple(case for case in every if name.casefold() in case.test.name.casefold())
    if name and not wanted:
        near = nearest(name, [case.test.name for case in every])
        raise UsageError(f'no test has "{name}" in its name' + (f'; the nearest is "{near}"' if near else ""))
    return wanted


def cases_of_file(file: TableFile) -> Iterator[QueryTestCase]:
    """Its tests, in their order."""
    for index, test in enumerate(query_tests(file)):
        yield QueryTestCase(file=file, index=index, test=test)


def run_cases(
    cases: Sequence[QueryTestCase], folders: Sequence[ConfigFolder], address: Callable[[], str]
) -> tuple[QueryTestResult, ...]:
    """What came of each of `cases`, which are of files without errors, at the server of `query_test_server`.

    Raises UsageError where it does not answer.
    """
    for case in cases:
        if not case.file.dialect.runs_on_postgres:
            raise UsageError(f"tests run on PostgreSQL; they cannot speak the SQL of {case.file.dialect.title} yet")
    driver, runner, tables = _driver(), _module("run_tests"), _module("known_tables")
    files = [file for folder in folders for file in folder.files]
    declared = {**tables.declared_tables(files), **tables.source_tables(folders)}
    at = address()
    try:
        known = {**tables.sample_tables(at), **declared}
        known |= _module("derived_tables").derived_tables(at, cases, files, known)
        results: tuple[QueryTestResult, ...] = runner.run_tests(at, cases, known)
    except driver.LostConnectionError:
        raise UsageError("the server for tests does not answer any more; call the command once again") from None
    return results


def _driver() -> Any:
    try:
        return import_module("summary_tables.warehouse.session.driver")
    except ImportError:
        raise UsageError(_NO_DRIVER) from None


def _module(name: str) -> Any:
    """By name: it needs the driver, and files with errors need none to be told so."""
    return import_module(f"summary_tables.commands.query_tests.{name}")
