"""A question before something is changed; `--yes` answers it."""

import argparse
import sys

from summary_tables.commands.usage_error import UsageError


def add_yes_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def confirmed(question: str, arguments: argparse.Namespace) -> bool:
    """Whether it may be done. Raises UsageError where nobody can be asked."""
    if arguments.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal on which to ask, and nothing was changed; add --yes to do it")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
