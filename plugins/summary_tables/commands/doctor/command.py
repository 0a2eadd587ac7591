"""`summary-tables doctor`: whether everything is set up that tables need, and what mends what is not."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.folder_option import add_folder_option, chosen_folder
from summary_tables.commands.usage_error import UsageError

if TYPE_CHECKING:
    from summary_tables.commands.doctor.setup import Setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--warehouse",
        metavar="ADDRESS",
        help="look at this one, for all tables, in the place of Airflow's connections: "
        "postgresql://builder@host:5432/warehouse with the password in PGPASSWORD, or env:NAME for the address in "
        "that environment variable",
    )
    parser.add_argument("--without-airflow", action="store_true", help="do not look at Airflow; needs --warehouse")
    parser.add_argument("--json", action="store_true", help="for programs")
    add_folder_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """PROBLEMS where something is found."""
    from summary_tables.commands.doctor.ask_airflow import is_installed

    has_airflow = is_installed() and not arguments.without_airflow
    if not has_airflow and arguments.warehouse is None:
        why = "without Airflow" if arguments.without_airflow else "there is no Airflow here, so"
        raise UsageError(f"{why} name the warehouse: --warehouse ADDRESS")
    folder = chosen_folder(arguments)
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name that of the configs with --folder")
    if find_spec("psycopg") is None:
        raise UsageError('the PostgreSQL driver is missing, which this needs: pip install "summary-tables[warehouse]"')
    return _run(folder, arguments, has_airflow=has_airflow)


def _run(folder: Path, arguments: argparse.Namespace, *, has_airflow: bool) -> int:
    from summary_tables.commands.doctor.checks import CHECKS
    from summary_tables.commands.doctor.look import looked_at
    from summary_tables.commands.doctor.report import findings_json, findings_text

    setup = looked_at(folder, arguments.warehouse, has_airflow=has_airflow)
    found = [(check, finding) for check in CHECKS for finding in check.findings(setup)]
    sys.stdout.write(findings_json(found) if arguments.json else findings_text(found, _asked(setup)))
    return PROBLEMS if found else OK


def _asked(setup: "Setup") -> str:
    from summary_tables.text.english import counted, listed

    files = len(setup.folder.files) + len(setup.folder.projects)
    parts = [counted(files, "file"), counted(len(setup.warehouses), "warehouse")]
    return listed([*parts, *(["Airflow"] if setup.airflow is not None else [])])
