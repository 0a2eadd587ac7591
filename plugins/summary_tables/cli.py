"""`summary-tables COMMAND`: finds the command and hands over."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

COMMANDS: Mapping[str, str] = {
    "lint": "say what is wrong with the files in dag_configs/",
}
"""Each command and its line of help; the command is `commands/<name>_command.py`."""


class Command(Protocol):
    """A module of `commands/`. Only the one that was asked for is imported: lint must not wait for the others."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code. argparse itself exits with 2 on arguments it does not know."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="summary-tables", description="One YAML file becomes a summary table.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, line in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=line, description=line)
        if given[:1] == [name]:
            _command(name).add_arguments(subparser)
    parsed = parser.parse_args(given)
    return _command(parsed.command).run(parsed)


def _command(name: str) -> Command:
    return cast(Command, import_module(f"summary_tables.commands.{name}_command"))
