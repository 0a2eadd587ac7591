"""Google's errors in words for people: https://developers.google.com/workspace/sheets/api/troubleshoot-api-errors ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from summary_tables.sheets.error import SheetsError

_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
_ENABLE: Final = re.compile(r"https://console\.(?:developers|cloud)\.google\.com/\S+?(?=[\s.,]*(?:\s|$))")
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked: by whom (empty: unknown), and whether it changes the spreadsheet."""

    spreadsheet: str
    email: str = ""
    writes: bool = False

    @property
    def who(self) -> str:
        return self.email or "Google's account of this machine"

    @property
    def invite(self) -> str:
        """What the owner of the sheet does."""
        whom = f"`{self.email}`" if self.email else "the address of that account"
        role = "Editor" if self.writes else "Viewer"
        return f"Open the sheet, press Share, add {whom} as {role}, and switch off the notification."


def refused(asked: Asked, code: int, body: object, retry_after: str | None) -> SheetsError:
    """Why an answer with the status `code` is none."""
    error = body.get("error") if isinstance(body, Mapping) else None
    given: Mapping[str, Any] = error if isinstance(error, Mapping) else {}
    said = _one_line(given.get("message"))
    words = _known(asked, code, said, _reasons(given)) or _unknown(code, said)
    waits = _seconds(retry_after) if code in _PASSING else None
    return SheetsError(words, may_pass=code in _PASSING, retry_after=waits, is_unsure=code >= 500)


def _known(asked: Asked, code: int, said: str, reasons: frozenset[str]) -> str:
    if code == 404:
        return f"Google knows no spreadsheet with the id {asked.spreadsheet}. Copy its address from the browser anew."
    if code == 401:
        return f"Google does not accept the sign-in of {asked.who}. Was its key deleted, or the account disabled?"
    if code == 403:
        return _forbidden(asked, said, reasons)
    if "not supported for this document" in said:
        return (
            f"{asked.spreadsheet} is a file such as Excel's, and no Google Sheet. Open it, choose File, Save as Google "
            "Sheets, and use the address of the copy."
        )
    if "protected cell" in said:
        return f"A part of what is written is protected in the sheet. Let {asked.who} edit it: Data, Protect sheets."
    if code == 429:
        return f"Google takes no more requests of {asked.who} for now (429): at most 60 a minute."
    return f"Google Sheets does not work for now ({code}: {said or 'no reason given'})." if code >= 500 else ""


def _forbidden(asked: Asked, said: str, reasons: frozenset[str]) -> str:
    if "SERVICE_DISABLED" in reasons:
        address = _ENABLE.search(said)
        where = f" Enable it: {address[0]}" if address else " Enable it in the Google Cloud console."
        return f"The Google Sheets API is not enabled in the project of {asked.who}.{where}"
    if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in reasons or "insufficient authentication scopes" in said:
        name = "spreadsheets" if asked.writes else "spreadsheets.readonly"
        return f"The sign-in of {asked.who} lacks the scope https://www.googleapis.com/auth/{name}."
    what = "write to" if asked.writes else "read"
    return f"{asked.who} may not {what} the spreadsheet {asked.spreadsheet}. {asked.invite}"


def _unknown(code: int, said: str) -> str:
    return f"Google refused the request ({code}): {said or 'it gave no reason'}"


def _reasons(error: Mapping[str, Any]) -> frozenset[str]:
    details = error.get("details")
    found = details if isinstance(details, list) else []
    return frozenset(str(detail.get("reason", "")) for detail in found if isinstance(detail, Mapping))


def _one_line(words: object) -> str:
    line = " ".join(str(words or "").split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _seconds(text: str | None) -> float | None:
    """Google gives seconds; the other form that HTTP has, a date, is not worth its trouble."""
    return float(text) if text and text.isdigit() else None
