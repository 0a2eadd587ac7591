"""One preview, or one after each save: lint's words, then what the warehouse gave."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.lint.summary import verdict
from summary_tables.commands.options import report_output
from summary_tables.commands.options.google_option import chosen_account
from summary_tables.commands.options.lint_paths import lint_paths
from summary_tables.commands.options.scratch_warehouse import ScratchWarehouse
from summary_tables.commands.preview.watched_file import WatchedFile
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.answers import missing_table
from summary_tables.lint.engine import lint
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import LEVELS, Level, Problem
from summary_tables.runs.run_configuration import FULL_REFRESH, why_refused
from summary_tables.text.visible import visible


def preview_file(arguments: argparse.Namespace, warehouse: ScratchWarehouse) -> int:
    """Returns OK where a run would publish, else PROBLEMS. Raises UsageError."""
    path = _file(arguments.file)
    return _watch(path, warehouse, arguments) if arguments.watch else _once(path, warehouse, arguments)


def _once(path: Path, warehouse: ScratchWarehouse, arguments: argparse.Namespace) -> int:
    if path.name == DEFAULTS_FILE:
        return _defaults(path, warehouse, arguments)
    if any(file.path == path for file in read_folder(path.parent).projects):
        raise UsageError(f"{path.name} is about a dbt project, which `dbt build` previews; a preview is of a table")
    found = _checked([path], warehouse, arguments)
    return _preview(*found[0], warehouse, arguments) if found else PROBLEMS


def _defaults(path: Path, warehouse: ScratchWarehouse, arguments: argparse.Namespace) -> int:
    """Each of the tables of which a changed `defaults.yaml` changes what a build shows."""
    from summary_tables.commands.preview.changed_defaults import changed_defaults, defaults_text

    if arguments.full_refresh:
        raise UsageError("--full-refresh is of one table; name its file")
    if not _passes(lint([path]), arguments):
        return PROBLEMS
    changed = changed_defaults(path, arguments.file)
    print(defaults_text(changed), end="", flush=True)
    if not changed.tables:
        return OK
    found = _checked([file.path for file in changed.previewed], warehouse, arguments, levels=("error",))
    codes = []
    for file, folder in found:
        print()
        codes.append(_preview(file, folder, warehouse, arguments))
    return OK if codes and not any(codes) else PROBLEMS


def _checked(
    paths: Sequence[Path],
    warehouse: ScratchWarehouse,
    arguments: argparse.Namespace,
    *,
    levels: Sequence[Level] = LEVELS,
) -> Sequence[tuple[TableFile, ConfigFolder]]:
    """The files at `paths`, each with its folder; none where lint or the warehouse finds an error in one.

    `levels`: of what is said.
    """
    found: list[tuple[TableFile, ConfigFolder]] = []
    result = lint(paths, extra_check=warehouse.extra_check(lambda *each: found.append(each)))
    told = (each for each in result.problems if each.level in levels and not _is_of_chain(each))
    result = replace(result, problems=tuple(told))
    return found if _passes(result, arguments) else ()


def _passes(result: LintResult, arguments: argparse.Namespace) -> bool:
    """Puts what lint says; whether there is no error in it."""
    if result.problems:
        report_output.put_report(result, arguments)
        sys.stdout.flush()
        print(f"\n{verdict(result)}", file=sys.stderr)
    return not result.failures


def _is_of_chain(problem: Problem) -> bool:
    """That a query was not tried for want of another summary table: the preview builds that."""
    return problem.rule == missing_table.RULE and problem.level == "info"


def _preview(file: TableFile, folder: ConfigFolder, warehouse: ScratchWarehouse, arguments: argparse.Namespace) -> int:
    # It needs the driver, which `warehouse` has said is missing.
    from summary_tables.commands.preview.engine import preview
    from summary_tables.commands.preview.folder_plan import chain_plan
    from summary_tables.commands.preview.report import chain_text

    if not file.dialect.runs_on_postgres:
        raise UsageError(f"a preview is built on PostgreSQL; it cannot speak the SQL of {file.dialect.title} yet")
    if words := why_refused({FULL_REFRESH: arguments.full_refresh}, file.config.table):
        raise UsageError(words)
    plan = chain_plan(
        file,
        folder,
        date=arguments.date,
        full_refresh=arguments.full_refresh,
        with_readers=arguments.with_readers,
        builds_all=arguments.build_upstream,
    )
    with warehouse.connection() as connection:
        result = preview(connection, plan, arguments.rows, lambda _conn_id: chosen_account(arguments))
    color = report_output.has_color(arguments.color, sys.stdout)
    day = warehouse.day_with_rows if not arguments.date else ""
    print(chain_text(result, where=warehouse.where, day_with_rows=day, color=color), end="")
    return OK if result.passed else PROBLEMS


def _watch(path: Path, warehouse: ScratchWarehouse, arguments: argparse.Namespace) -> int:
    """Ends by Ctrl-C only, which is no failure."""
    watched = WatchedFile(path, path.with_name(DEFAULTS_FILE))
    try:
        while True:
            _try_once(path, warehouse, arguments)
            print(f"\nWaiting for {visible(path.name)} to be saved; Ctrl-C ends this.", flush=True)
            watched.wait()
            print(f"\n--- {visible(path.name)}, saved at {datetime.now():%H:%M:%S} ---\n", flush=True)
    except KeyboardInterrupt:
        return OK


def _try_once(path: Path, warehouse: ScratchWarehouse, arguments: argparse.Namespace) -> None:
    try:
        _once(path, warehouse, arguments)
    except UsageError as error:
        print(f"summary-tables: {visible(str(error))}", file=sys.stderr)


def _file(given: str) -> Path:
    [path] = lint_paths([given])
    if path.is_dir():
        raise UsageError(f"{given} is a folder; a preview is of one file")
    if path.suffix != ".yaml":
        raise UsageError(f"{given} is not a config: the name of a config ends in .yaml")
    return path
