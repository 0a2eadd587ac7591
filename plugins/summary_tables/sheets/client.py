"""One spreadsheet at Google, asked by HTTP.

https://developers.google.com/workspace/sheets/api/reference/rest
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.answers import Asked, refused
from summary_tables.sheets.credentials import SignIn, sign_in
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.patience import Patience

_SECONDS: Final = (10, 200)
"""To connect, and for an answer: Google itself ends a request after 180."""

MOST_BYTES: Final = 10 * 2**20
"""Google refuses a larger request."""


class SpreadsheetClient:
    """Asks Google in the name of an account. Every method raises SheetsError.

    `seconds`: for how long it may be asked, waiting for Google included. `writes`: it may change the spreadsheet.
    """

    def __init__(self, account: GoogleAccount, spreadsheet: str, *, writes: bool = False, seconds: float = 600) -> None:
        signed: SignIn = sign_in(account, writes=writes)
        self.spreadsheet = spreadsheet
        self._asked = Asked(spreadsheet=spreadsheet, email=signed.email, writes=writes)
        self._address = f"{account.endpoint}/v4/spreadsheets/{quote(spreadsheet, safe='')}"
        self._session = AuthorizedSession(signed.credentials)  # type: ignore[no-untyped-call]  # Google's
        self._ends_at = time.monotonic() + seconds

    def close(self) -> None:
        """Its connections end."""
        self._session.close()  # type: ignore[no-untyped-call]  # Google's

    def get(self, parameters: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
        """`spreadsheets.get`; asked again where that may help."""
        patience = Patience(self._ends_at)
        while True:
            try:
                return self._sent("GET", "", params=[*parameters, ("prettyPrint", "false")])
            except SheetsError as error:
                if not error.may_pass or not patience.wait(error.retry_after):
                    raise

    def update(self, requests_of_batch: Callable[[], Sequence[Mapping[str, Any]]]) -> None:
        """`spreadsheets.batchUpdate`: all or nothing. Before each try the requests are made anew, as it may be that the
        one before was carried out and only its answer got lost."""
        patience = Patience(self._ends_at)
        while True:
            try:
                body = _json({"requests": list(requests_of_batch())})
                self._sent("POST", ":batchUpdate", data=body, headers={"Content-Type": "application/json"})
            except SheetsError as error:
                if not error.may_pass or not patience.wait(error.retry_after):
                    raise
            else:
                return

    def _sent(self, method: str, verb: str, **options: Any) -> Mapping[str, Any]:
        try:
            answer = self._session.request(  # type: ignore[no-untyped-call]  # Google's
                method, f"{self._address}{verb}", timeout=_SECONDS, allow_redirects=False, **options
            )
            body = answer.json() if answer.content else {}
        except RefreshError as error:
            raise self._no_token(error) from None
        except TransportError:
            raise SheetsError("Google's sign-in could not be reached.", may_pass=True) from None
        except GoogleAuthError as error:
            raise SheetsError(f"The sign-in at Google failed ({type(error).__name__}).") from None
        except requests.exceptions.JSONDecodeError:
            raise self._no_answer("its answer is not what the Sheets API sends") from None
        except requests.exceptions.Timeout:
            raise self._no_answer("it did not answer in time") from None
        except requests.exceptions.RequestException:
            raise self._no_answer("the connection broke off or could not be made") from None
        if answer.status_code != 200 or not isinstance(body, Mapping):
            raise refused(self._asked, answer.status_code, body, answer.headers.get("Retry-After"))
        return body

    def _no_answer(self, why: str) -> SheetsError:
        return SheetsError(f"Google Sheets could not be asked: {why}.", may_pass=True, is_unsure=True)

    def _no_token(self, error: RefreshError) -> SheetsError:
        """Google's words for it are short and hold nothing of the key."""
        said = str(error.args[0]) if error.args else ""
        who = self._asked.who
        if "Check your iat and exp" in said:
            return SheetsError(f"Google refused the sign-in of {who}: the clock of this machine is wrong.")
        words = f"Google refused the sign-in of {who}. Was its key deleted, or the account disabled?"
        return SheetsError(words, may_pass=error.retryable)


def _json(body: Mapping[str, Any]) -> bytes:
    """As short as it can be. Raises SheetsError where Google would refuse it for its size."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    if len(text) > MOST_BYTES:
        size, most = (f"{count / 2**20:.1f} MB" for count in (len(text), MOST_BYTES))
        raise SheetsError(
            f"What is to be written are {size}, and Google takes {most} at once. Write fewer columns or rows."
        )
    return text
