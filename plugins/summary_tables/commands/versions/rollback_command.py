"""`summary-tables rollback`: readers see an earlier version of a table again, at once."""

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.known_config import as_in_its_file
from summary_tables.commands.options.known_table import known_table
from summary_tables.commands.options.warehouse import Connected, RefusedError, add_warehouse_arguments, connected
from summary_tables.commands.versions.confirmation import add_yes_option, confirmed
from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.runs.missing_rows import missing_words
from summary_tables.text.english import counted
from summary_tables.text.moments import due_text, moment_text
from summary_tables.text.visible import visible

if TYPE_CHECKING:
    from summary_tables.model.version import Version


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", metavar="TABLE", help="e.g. nps_summary or analytics.nps_summary")
    add_warehouse_arguments(parser)
    parser.add_argument(
        "--to",
        metavar="RUN",
        help="the run whose build is shown: its id, or when it was due as `summary-tables versions` prints it; "
        "the build before the live one if none is named",
    )
    add_yes_option(parser)


def run(arguments: argparse.Namespace) -> int:
    try:
        with connected(arguments) as at:
            return _roll_back(at, arguments)
    except RefusedError as refused:
        for line in str(refused).splitlines():
            print(f"summary-tables: {visible(line)}" if line[:1].strip() else visible(line), file=sys.stderr)
        return PROBLEMS


def _roll_back(at: Connected, arguments: argparse.Namespace) -> int:
    # They need the driver, which `connected` says is missing.
    from summary_tables.warehouse.history.roll_back import roll_back
    from summary_tables.warehouse.history.target import live_version, version_before, version_of_run
    from summary_tables.warehouse.history.versions import known_tables, versions_of_table

    table = known_table(arguments.table, known_tables(at.connection, at.warehouse))
    table = replace(table, timezone=as_in_its_file(table).timezone)
    versions = versions_of_table(at.connection, table, at.warehouse)
    name, given = table.full_name, arguments.to
    target = version_of_run(table, versions, given) if given is not None else version_before(name, versions)
    live = live_version(versions)
    if live == target:
        print(_already(table, target, named=given is not None))
        if target.missing:
            print(visible(missing_words(table, target.missing)))
        return OK
    if live and not confirmed(_question(table, live, target), arguments):
        print("Nothing was changed.")
        return PROBLEMS
    replacing = live.build.version if live else ""
    done = roll_back(at.connection, table, at.warehouse, target.build.version, replacing=replacing)
    print(_done(table, done.before, done.after))
    if done.goes_back:
        print(_next_runs(table, grows=any(version.grows for version in versions)))
    if done.missing:
        print(visible(missing_words(table, done.missing)))
    return OK


def _next_runs(table: SummaryTable, *, grows: bool) -> str:
    pause = f"pause `{visible(table.table)}` in Airflow"
    if not grows:
        return f"The next run that publishes replaces it; to keep it, {pause}."
    return f"The next run adds its rows to it; to keep it as it is, {pause}."


def _question(table: SummaryTable, live: "Version", target: "Version") -> str:
    return visible(
        f"Readers of {table.full_name} see {_whole(table, live)}. Show them {_whole(table, target)} instead?"
    )


def _already(table: SummaryTable, live: "Version", *, named: bool) -> str:
    if named or live.roll_back is None:
        return visible(
            f"Readers of {table.full_name} see {_build_text(table, live.build)} already. Nothing was changed."
        )
    return visible(
        f"{table.full_name} is rolled back already: {live.roll_back.role} did it at "
        f"{moment_text(table.timezone, live.roll_back.at)}, and readers see {_build_text(table, live.build)}. "
        "Nothing was changed. To go further back, name the run with --to."
    )


def _done(table: SummaryTable, before: Build, after: Build) -> str:
    return visible(
        f"Readers of {table.full_name} saw {_build_text(table, before)}. They now see {_build_text(table, after)}."
    )


def _whole(table: SummaryTable, version: "Version") -> str:
    words = _build_text(table, version.build)
    return f"{words} with {version.added.words(table.timezone)}" if version.added else words


def _build_text(table: SummaryTable, build: Build) -> str:
    if not build.run_id:
        return "the plain table that stood there before"
    return f"the build of {due_text(table.timezone, build.run_at)} ({counted(build.rows, 'row')}, run {build.run_id})"
