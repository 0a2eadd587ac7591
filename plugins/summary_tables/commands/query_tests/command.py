"""`summary-tables test`: what the queries make of the rows that their files give, on a server for nothing else."""

import argparse

from summary_tables.commands.options import report_output
from summary_tables.commands.query_tests.server import query_test_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files, or folders with all their files; dag_configs/ if none is named"
    )
    parser.add_argument(
        "-k", dest="name", default="", metavar="NAME", help="only the tests with NAME in their names, in any case"
    )
    report_output.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Returns OK, or PROBLEMS where a test failed or could not be run. Raises UsageError."""
    with query_test_server() as address:
        # While the server starts: this imports all of lint.
        from summary_tables.commands.query_tests.loop import test_files

        return test_files(arguments, address)
