"""`summary-tables preview`: what a run of one file would do, without Airflow and without leaving anything."""

import argparse

from summary_tables.commands.options.date_option import add_date_argument
from summary_tables.commands.options.google_option import add_google_argument
from summary_tables.commands.options.scratch_warehouse import add_warehouse_arguments, scratch_warehouse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="e.g. dag_configs/nps_summary.yaml; of defaults.yaml: what it changes"
    )
    add_date_argument(parser)
    parser.add_argument(
        "--full-refresh", action="store_true", help="of a table that grows: as the run that builds all of it anew"
    )
    parser.add_argument(
        "--with-readers", action="store_true", help="also the summary tables that read it, against what it gives now"
    )
    parser.add_argument(
        "--build-upstream",
        action="store_true",
        help="build the summary tables that it reads from their files, also those that stand in the warehouse",
    )
    parser.add_argument("--rows", type=_count, default=5, metavar="N", help="how many rows to print (default: 5)")
    parser.add_argument("--watch", action="store_true", help="again whenever the file is saved, until Ctrl-C")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal")
    add_warehouse_arguments(parser)
    add_google_argument(parser)
    # What `report_output` needs to print what lint says.
    parser.set_defaults(format="text", output=None)


def run(arguments: argparse.Namespace) -> int:
    """Returns OK where a run would publish, else PROBLEMS. Raises UsageError."""
    with scratch_warehouse(arguments) as warehouse:
        # While the server starts: this imports all of lint.
        from summary_tables.commands.preview.loop import preview_file

        return preview_file(arguments, warehouse)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows; write e.g. 10")
    return int(text)
