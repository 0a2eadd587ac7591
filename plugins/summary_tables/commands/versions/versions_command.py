"""`summary-tables versions`: the versions of a table that stand in the warehouse, and which one readers see."""

import argparse
import sys

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.known_config import as_in_its_file
from summary_tables.commands.options.known_table import known_table
from summary_tables.commands.options.warehouse import RefusedError, add_warehouse_arguments, connected
from summary_tables.text.visible import visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", metavar="TABLE", help="e.g. nps_summary or analytics.nps_summary")
    add_warehouse_arguments(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for programs")


def run(arguments: argparse.Namespace) -> int:
    try:
        print(_text(arguments), end="")
    except RefusedError as refused:
        print(f"summary-tables: {visible(str(refused))}", file=sys.stderr)
        return PROBLEMS
    return OK


def _text(arguments: argparse.Namespace) -> str:
    with connected(arguments) as at:
        # They need the driver, which `connected` says is missing.
        from summary_tables.commands.versions.versions_report import versions_json, versions_text
        from summary_tables.warehouse.history.versions import known_tables, versions_of_table

        table = as_in_its_file(known_table(arguments.table, known_tables(at.connection, at.warehouse)))
        versions = versions_of_table(at.connection, table, at.warehouse)
    return (versions_json if arguments.format == "json" else versions_text)(table, versions)
