"""`--key`: the columns by which rows of two tables belong together."""

import argparse


def add_key_argument(parser: argparse.ArgumentParser, of_what: str = "") -> None:
    parser.add_argument(
        "--key",
        type=_names,
        default=(),
        metavar="COLUMNS",
        help="the columns, with commas between, that tell rows apart" + of_what,
    )


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if not all(names):
        raise argparse.ArgumentTypeError(f"{text!r} is no list of columns; write e.g. day,channel")
    return names
