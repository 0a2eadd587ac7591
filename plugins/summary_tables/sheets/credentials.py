"""The sign-in at Google, by Google's own library: only whoever asks Google imports it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import google.auth
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import service_account

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.error import SheetsError

_AUTH: Final = "https://www.googleapis.com/auth/"
_WEAKEST_FIRST: Final = ("spreadsheets.readonly", "spreadsheets", "drive.readonly", "drive")
_WRITING: Final = ("spreadsheets", "drive")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """`email` is the account that has to be invited to a sheet; empty where only Google knows it."""

    credentials: Credentials
    email: str = ""


def sign_in(account: GoogleAccount, *, writes: bool) -> SignIn:
    """With no more rights than are needed. Nothing is sent yet. Raises SheetsError."""
    scopes = [_scope(account, writes=writes)]
    key = account.key if account.key is not None else _key_of_file(account)
    if key is None:
        return _of_machine(scopes)
    try:
        found = service_account.Credentials.from_service_account_info(key, scopes=scopes)  # type: ignore[no-untyped-call]  # Google's
    except (ValueError, KeyError, TypeError, GoogleAuthError):
        # What the library says of it may hold a part of the key.
        raise SheetsError(
            f"The key in {account.where} is not that of a service account, or not the whole of it. "
            "Use the JSON file as Google gave it."
        ) from None
    return SignIn(credentials=found, email=found.service_account_email)


def _scope(account: GoogleAccount, *, writes: bool) -> str:
    """The weakest that is enough, of those that the connection allows."""
    wanted = [f"{_AUTH}{name}" for name in (_WRITING if writes else _WEAKEST_FIRST)]
    found = next((scope for scope in wanted if not account.scopes or scope in account.scopes), None)
    if found is None:
        raise SheetsError(
            f"The scopes of {account.where} do not allow to {'write to' if writes else 'read'} a sheet. "
            f"Add {wanted[0]} to them, or leave them out."
        )
    return found


def _key_of_file(account: GoogleAccount) -> Mapping[str, Any] | None:
    if not account.key_path:
        return None
    try:
        found = json.loads(Path(account.key_path).read_bytes())
    except OSError as error:
        words = f"The key file {account.key_path}, which {account.where} names, cannot be read: {error.strerror}."
        raise SheetsError(words) from None
    except ValueError:
        found = None
    if not isinstance(found, Mapping):
        raise SheetsError(f"The file {account.key_path}, which {account.where} names, is not the JSON of a key.")
    return found


def _of_machine(scopes: list[str]) -> SignIn:
    try:
        found, _ = google.auth.default(scopes=scopes)
    except GoogleAuthError:
        raise SheetsError(
            "This machine has no Google account of its own, and no key is given. Give the Airflow connection "
            "`keyfile_dict` or `key_path`; on the command line: --google env:NAME."
        ) from None
    email = getattr(found, "service_account_email", "")
    return SignIn(credentials=found, email=email if "@" in email else "")
