"""`summary-tables preview`: what a run of one file would do, without Airflow and without leaving anything."""

import argparse
from datetime import date

from summary_tables.commands.preview.warehouse import add_warehouse_arguments, preview_warehouse

# Where there is a schedule's interval before and behind each day.
_YEARS = range(1900, 2200)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="e.g. dag_configs/nps_summary.yaml")
    parser.add_argument(
        "--date",
        type=_date,
        metavar="YYYY-MM-DD",
        help="as the run of that day: the one whose data interval starts on it (default: the last one that was due)",
    )
    parser.add_argument(
        "--full-refresh", action="store_true", help="of a table that grows: as the run that builds all of it anew"
    )
    parser.add_argument("--rows", type=_count, default=5, metavar="N", help="how many rows to print (default: 5)")
    parser.add_argument("--watch", action="store_true", help="again whenever the file is saved, until Ctrl-C")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal")
    add_warehouse_arguments(parser)
    # What `report_output` needs to print what lint says.
    parser.set_defaults(format="text", output=None)


def run(arguments: argparse.Namespace) -> int:
    """Returns OK where a run would publish, else PROBLEMS. Raises UsageError."""
    with preview_warehouse(arguments) as warehouse:
        # While the server starts: this imports all of lint.
        from summary_tables.commands.preview.loop import preview_file

        return preview_file(arguments, warehouse)


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write e.g. 2026-11-21") from None
    if found.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is too far away; write e.g. 2026-11-21")
    return found


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows; write e.g. 10")
    return int(text)
