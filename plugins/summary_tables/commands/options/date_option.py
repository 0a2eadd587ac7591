"""`--date`: the day of the run that is tried."""

import argparse
from datetime import date

# Where there is a schedule's interval before and behind each day.
_YEARS = range(1900, 2200)


def add_date_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date",
        type=_date,
        metavar="YYYY-MM-DD",
        help="as the run of that day: the one whose data interval starts on it (default: the last one that was due)",
    )


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write e.g. 2026-11-21") from None
    if found.year not in _YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is too far away; write e.g. 2026-11-21")
    return found
