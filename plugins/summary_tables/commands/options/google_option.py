"""`--google` of the commands that look at a Google Sheet: by whom Google is asked."""

import argparse
import os

from summary_tables.commands.usage_error import UsageError
from summary_tables.sheets.account import GoogleAccount, account_from_text, machine_account
from summary_tables.sheets.error import SheetsError

_VARIABLE = "env:"


def add_google_argument(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--google",
        metavar="KEY",
        help="by whom a Google Sheet is read: env:NAME for the key, or an Airflow connection, in that environment "
        "variable; or the path of a key file (default: the account of this machine)",
    )


def chosen_account(arguments: argparse.Namespace) -> GoogleAccount:
    """Raises UsageError, which repeats nothing of a key."""
    given: str | None = arguments.google
    if given is None:
        return machine_account()
    try:
        if not given.startswith(_VARIABLE):
            return GoogleAccount(where="--google", key_path=given)
        name = given.removeprefix(_VARIABLE)
        if not os.environ.get(name):
            raise UsageError(f"--google: the environment variable {name} is not set")
        return account_from_text(os.environ[name], f"the environment variable {name}")
    except SheetsError as error:
        raise UsageError(f"--google: {error}") from None
