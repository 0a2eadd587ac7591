"""The options that say how much a comparison of rows may ask of the warehouse."""

import argparse

from summary_tables.model.data_bounds import DEFAULT_BOUNDS, Bounds


def add_bounds_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what it may ask of the warehouse")
    group.add_argument(
        "--max-rows",
        type=_whole,
        default=DEFAULT_BOUNDS.max_rows,
        metavar="N",
        help=f"of larger tables compare a sample, by key (default: {DEFAULT_BOUNDS.max_rows:,})",
    )
    group.add_argument(
        "--max-cost",
        type=_whole,
        default=DEFAULT_BOUNDS.max_cost,
        metavar="N",
        help="refuse what the warehouse's planner expects to cost more; 1 is the reading of 8 kB "
        f"(default: {DEFAULT_BOUNDS.max_cost:,.0f})",
    )
    group.add_argument(
        "--max-mb",
        type=_whole,
        default=DEFAULT_BOUNDS.max_bytes // 1024**2,
        metavar="N",
        help=f"refuse what would build a larger table (default: {DEFAULT_BOUNDS.max_bytes // 1024**2:,})",
    )
    group.add_argument(
        "--timeout",
        type=_minutes,
        default=DEFAULT_BOUNDS.minutes,
        metavar="MINUTES",
        help=f"stop a statement that runs longer (default: {DEFAULT_BOUNDS.minutes:g})",
    )


def chosen_bounds(arguments: argparse.Namespace) -> Bounds:
    """What the options say."""
    return Bounds(
        max_rows=arguments.max_rows,
        max_cost=arguments.max_cost,
        max_bytes=arguments.max_mb * 1024**2,
        minutes=arguments.timeout,
    )


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0; write e.g. 100000")
    return int(text)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0
    # A statement may run for 24 days at most.
    if not 0 < minutes <= 30_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes; write e.g. 10")
    return minutes
