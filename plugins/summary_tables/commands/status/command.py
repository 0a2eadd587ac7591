"""`summary-tables status`: how Airflow and all tables stand, on one screen, and an exit code for a monitor."""

import argparse
import sys
from datetime import UTC, datetime

from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.options.folder_option import chosen_folder
from summary_tables.commands.options.warehouse import RefusedError, add_warehouse_arguments, connected
from summary_tables.commands.usage_error import UsageError
from summary_tables.model.incident import Incident
from summary_tables.model.table_history import TableHistory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--airflow", metavar="ADDRESS", help="of Airflow's API server, e.g. http://localhost:8080")
    parser.add_argument(
        "--login",
        metavar="env:NAME",
        help="how to log in there: that environment variable holds a token, or user:password; without it, only "
        "whether Airflow runs is asked",
    )
    add_warehouse_arguments(parser, is_required=False)
    parser.add_argument("--json", action="store_true", help="for a monitor")


def run(arguments: argparse.Namespace) -> int:
    """PROBLEMS where something is late, failing or down, or did not answer."""
    from summary_tables.commands.status.airflow_api import chosen_login

    if arguments.airflow is None and arguments.warehouse is None:
        raise UsageError("name what is to be asked: --airflow ADDRESS, --warehouse ADDRESS, or both")
    path, login = chosen_folder(arguments), chosen_login(arguments.login)
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder; name that of the configs with --folder")

    from summary_tables.commands.status.look import asked_airflow, entries
    from summary_tables.commands.status.screen import document, screen
    from summary_tables.commands.status.standing import Standing
    from summary_tables.configs.folder import read_folder

    folder, now = read_folder(path), datetime.now(UTC)
    airflow, dags = (None, {}) if arguments.airflow is None else asked_airflow(arguments.airflow, login, folder)
    histories, incidents, problem = _logs(arguments)
    standing = Standing(
        read_at=now,
        entries=entries(folder, histories, dags, now),
        airflow=airflow,
        incidents=incidents,
        warehouse_problem=problem,
    )
    sys.stdout.write((document if arguments.json else screen)(standing))
    return OK if standing.is_well else PROBLEMS


def _logs(arguments: argparse.Namespace) -> tuple[dict[str, TableHistory] | None, tuple[Incident, ...] | None, str]:
    """A warehouse that is down is told on the screen, beside what Airflow says."""
    if arguments.warehouse is None:
        return None, None, ""
    try:
        with connected(arguments) as at:
            from summary_tables.commands.status.look import asked_logs
            from summary_tables.warehouse.session.session import open_session

            with open_session(at.connection, at.warehouse, shows_values=False) as session:
                histories, incidents = asked_logs(session)
                return dict(histories), incidents, ""
    except RefusedError as refused:
        return None, None, str(refused)
    except UsageError as error:
        if not str(error).startswith("no connection"):
            raise
        return None, None, f"{str(error)[:1].upper()}{str(error)[1:]}."
