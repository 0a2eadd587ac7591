"""`summary-tables COMMAND`: finds the command and hands over."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NamedTuple, NoReturn, Protocol, cast

from summary_tables.commands.exit_code import INTERRUPTED, NOBODY_READS, USAGE
from summary_tables.commands.usage_error import UsageError
from summary_tables.model.checkout import PACKAGE, version
from summary_tables.text.visible import visible


class CommandEntry(NamedTuple):
    """A command: what one types, its line of help, and its module below `commands/`."""

    name: str
    help: str
    module: str


COMMANDS: tuple[CommandEntry, ...] = (
    CommandEntry(
        "init", "write what a repository of summary tables needs, or what a new version changes there", "init.command"
    ),
    CommandEntry("lint", "say what is wrong with the files in dag_configs/", "lint.command"),
    CommandEntry("new", "ask a few questions and write the file of a new table", "new.command"),
    CommandEntry(
        "import", "write the files of tables that Python dicts describe, or a dbt project", "import_files.command"
    ),
    CommandEntry("export", "write the tables as a project of another tool: dbt", "export_dbt.command"),
    CommandEntry("dbt", "look after the dbt projects that dag_configs/ names", "dbt_manifest.command"),
    CommandEntry("diff", "show what a branch changes, as Markdown for a comment in its pull request", "diff.command"),
    CommandEntry(
        "preview",
        "run one file without Airflow: its checks, its rows, what publishing would do; nothing is left behind",
        "preview.command",
    ),
    CommandEntry(
        "test", "run the tests that files have of their queries, on rows that the files give", "query_tests.command"
    ),
    CommandEntry(
        "sources", "write what the tables that the configs read have, and say what changed there", "sources.command"
    ),
    CommandEntry("catalog", "write the catalogue of all tables as pages that need no server", "catalog.command"),
    CommandEntry(
        "doctor",
        "say what is wrong with connections, rights, settings and versions, and what mends it",
        "doctor.command",
    ),
    CommandEntry("status", "show on one screen how Airflow and all tables stand", "status.command"),
    CommandEntry("versions", "list the versions of a table that stand in the warehouse", "versions.versions_command"),
    CommandEntry(
        "compare", "show what differs between the rows of two tables, or of two builds of one", "compare.command"
    ),
    CommandEntry("rollback", "show readers an earlier version of a table again, at once", "versions.rollback_command"),
    CommandEntry(
        "orphans",
        "list, and drop, what the warehouse still holds of tables whose config is gone",
        "versions.orphans_command",
    ),
)


class Command(Protocol):
    """A module of `commands/`. Only the one that was asked for is imported: lint must not wait for the others."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code: see `commands.exit_code`.

    argparse itself exits with 2 on arguments it does not know.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="summary-tables", description="One YAML file becomes a summary table.")
    parser.add_argument("--version", action=_Version, nargs=0, help="print which version this is")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for entry in COMMANDS:
        subparser = subparsers.add_parser(entry.name, help=entry.help, description=entry.help)
        subparser.set_defaults(module=entry.module)
        if given[:1] == [entry.name]:
            _command(entry.module).add_arguments(subparser)
    parsed = parser.parse_args(given)
    return _run(_command(parsed.module), parsed)


class _Version(argparse.Action):
    """Asked for only where somebody wants it: looking it up takes time."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        print(f"summary-tables {version() or f'from {PACKAGE}, which is not installed'}")
        parser.exit()


def _run(command: Command, parsed: argparse.Namespace) -> int:
    _print_what_the_terminal_cannot()
    try:
        code = command.run(parsed)
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"summary-tables: {visible(str(error))}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # Python would flush once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED


def _print_what_the_terminal_cannot() -> None:
    """Characters that the terminal's encoding does not have are printed as escapes: people's texts hold any."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _command(module: str) -> Command:
    return cast(Command, import_module(f"summary_tables.commands.{module}"))
