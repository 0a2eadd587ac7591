"""`summary-tables compare`: what differs between the rows of two tables, or of two builds of one."""

import argparse
import sys
from typing import Final

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.bounds_option import add_bounds_arguments, chosen_bounds
from summary_tables.commands.options.key_option import add_key_argument
from summary_tables.commands.options.warehouse import RefusedError, add_warehouse_arguments, connected
from summary_tables.runs.data_diff.reports import data_json, data_markdown, data_text
from summary_tables.text.visible import visible

_FORMS: Final = {"text": data_text, "markdown": data_markdown, "json": data_json}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help="analytics.nps_summary, or a build: nps_summary@2026-11-21")
    parser.add_argument(
        "after",
        metavar="B",
        nargs="?",
        help="what it became; left out: A as readers saw it before, and as they see it now",
    )
    add_warehouse_arguments(parser)
    add_key_argument(parser)
    parser.add_argument("--format", choices=tuple(_FORMS), default="text", help="for people or for programs")
    add_bounds_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Returns PROBLEMS where the warehouse cannot compare them, also where that would cost too much."""
    try:
        with connected(arguments) as at:
            # They need the driver, which `connected` says is missing.
            from summary_tables.commands.compare.sides import compared

            found = compared(at, arguments.before, arguments.after, arguments.key, chosen_bounds(arguments))
    except RefusedError as refused:
        print(f"summary-tables: {visible(str(refused))}", file=sys.stderr)
        return PROBLEMS
    print(_FORMS[arguments.format]([found]), end="")
    return PROBLEMS if found.refusal else OK
