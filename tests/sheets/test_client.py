"""The client, Google's own sign-in and a server that behaves as Google's."""

import logging
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.client import SpreadsheetClient
from summary_tables.sheets.error import SheetsError
from tests.fake_google import answers
from tests.fake_google.answers import ApiError
from tests.fake_google.grid import Tab
from tests.fake_google.server import ACCOUNT, SPREADSHEET, FakeGoogle

TITLE = [("fields", "properties.title")]
PLANS = {"properties": {"title": "Plans"}}
ADD = [{"addSheet": {"properties": {"title": "Report"}}}]


def _client(account: GoogleAccount, *, writes: bool = False, seconds: float = 30) -> SpreadsheetClient:
    return SpreadsheetClient(account, SPREADSHEET, writes=writes, seconds=seconds)


def _refusal(account: GoogleAccount, *, writes: bool = False, seconds: float = 0) -> str:
    client = _client(account, writes=writes, seconds=seconds)
    with pytest.raises(SheetsError) as told:
        client.update(lambda: ADD) if writes else client.get(TITLE)
    return str(told.value)


def test_a_spreadsheet_is_asked(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet()
    client = _client(account)
    assert client.get(TITLE) == PLANS
    assert client.get(TITLE) == PLANS
    assert [request.path for request in google.requests] == ["/token", *[f"/v4/spreadsheets/{SPREADSHEET}"] * 2]


def test_a_token_that_ends_is_made_anew(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet()
    client = _client(account)
    client.get(TITLE)
    for token in google.tokens.given.values():
        token.expires_at = time.time() - 1
    assert client.get(TITLE) == PLANS


def test_one_who_was_not_invited_is_told_how(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet(role=None)
    assert _refusal(account) == (
        f"{ACCOUNT} may not read the spreadsheet {SPREADSHEET}. Open the sheet, press Share, add `{ACCOUNT}` as "
        "Viewer, and switch off the notification."
    )


def test_one_who_may_only_read_is_told_how(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet(role="reader")
    assert _refusal(account, writes=True) == (
        f"{ACCOUNT} may not write to the spreadsheet {SPREADSHEET}. Open the sheet, press Share, add `{ACCOUNT}` as "
        "Editor, and switch off the notification."
    )


def test_no_such_spreadsheet(account: GoogleAccount) -> None:
    assert _refusal(account) == (
        f"Google knows no spreadsheet with the id {SPREADSHEET}. Copy its address from the browser anew."
    )


def test_an_excel_file(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet().is_native = False
    assert _refusal(account) == (
        f"{SPREADSHEET} is a file such as Excel's, and no Google Sheet. Open it, choose File, Save as Google Sheets, "
        "and use the address of the copy."
    )


def test_the_api_is_not_enabled(google: FakeGoogle, account: GoogleAccount) -> None:
    google.is_enabled = False
    assert _refusal(account) == (
        f"The Google Sheets API is not enabled in the project of {ACCOUNT}. Enable it: "
        "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456"
    )


def test_a_key_that_google_does_not_know(google: FakeGoogle, account: GoogleAccount) -> None:
    del google.tokens.accounts[ACCOUNT]
    assert _refusal(account) == (
        f"Google refused the sign-in of {ACCOUNT}. Was its key deleted, or the account disabled?"
    )


def test_a_key_of_another(google: FakeGoogle, account: GoogleAccount) -> None:
    google.tokens.accounts[ACCOUNT] = "another key"
    assert _refusal(account) == (
        f"Google refused the sign-in of {ACCOUNT}. Was its key deleted, or the account disabled?"
    )


def test_a_scope_that_is_too_small(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet(role="writer")
    client = _client(account)
    with pytest.raises(SheetsError) as told:
        client.update(lambda: ADD)
    assert str(told.value) == (
        f"The sign-in of {ACCOUNT} lacks the scope https://www.googleapis.com/auth/spreadsheets.readonly."
    )


def test_quota_is_waited_for_as_google_asks(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet()
    google.next_answers.append(ApiError(429, answers.QUOTA, headers={"Retry-After": "1"}))
    started = time.monotonic()
    assert _client(account).get(TITLE) == PLANS
    assert time.monotonic() - started >= 1


def test_quota_beyond_the_step_s_time_is_told_at_once(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet()
    google.next_answers.append(ApiError(429, answers.QUOTA, headers={"Retry-After": "3600"}))
    assert _refusal(account, seconds=60) == (
        f"Google takes no more requests of {ACCOUNT} for now (429): at most 60 a minute."
    )


@pytest.mark.parametrize("code", [500, 503])
def test_an_outage_passes(google: FakeGoogle, account: GoogleAccount, code: int) -> None:
    google.spreadsheet()
    google.next_answers.append(ApiError(code, answers.INTERNAL, headers={"Retry-After": "0"}))
    assert _client(account).get(TITLE) == PLANS


def test_an_outage_stays(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet()
    google.next_answers.append(ApiError(500, answers.INTERNAL))
    assert _refusal(account) == "Google Sheets does not work for now (500: Internal error encountered.)."


def test_a_cut_answer_is_asked_for_again(google: FakeGoogle, account: GoogleAccount) -> None:
    google.spreadsheet()
    google.next_answers.append("is_cut")
    assert _client(account).get(TITLE) == PLANS


def test_an_error_of_another_kind_is_passed_on(google: FakeGoogle, account: GoogleAccount) -> None:
    google.next_answers.append(ApiError(400, "Unable to parse\nrange: A"))
    assert _refusal(account) == "Google refused the request (400): Unable to parse range: A"


def test_nobody_answers(account: GoogleAccount) -> None:
    elsewhere = GoogleAccount(where=account.where, key=account.key, endpoint="http://127.0.0.1:1")
    assert _refusal(elsewhere) == ("Google Sheets could not be asked: the connection broke off or could not be made.")


def test_a_batch_is_made_anew_where_its_answer_got_lost(google: FakeGoogle, account: GoogleAccount) -> None:
    found = google.spreadsheet(Tab(sheet_id=0, title="Sheet1"), role="writer")
    google.next_answers.append("is_cut_after_it_is_done")
    made: list[int] = []

    def batch() -> Sequence[Mapping[str, Any]]:
        made.append(len(found.tabs))
        return ADD if len(found.tabs) == 1 else [{"deleteSheet": {"sheetId": 0}}]

    _client(account, writes=True).update(batch)
    assert (made, [tab.title for tab in found.tabs]) == ([1, 2], ["Report"])


def test_a_batch_is_all_or_nothing(google: FakeGoogle, account: GoogleAccount) -> None:
    found = google.spreadsheet(role="writer")
    broken: list[Mapping[str, Any]] = [*ADD, {"deleteSheet": {"sheetId": 99}}]
    with pytest.raises(SheetsError) as told:
        _client(account, writes=True).update(lambda: broken)
    assert str(told.value) == ("Google refused the request (400): Invalid requests[1].deleteSheet: No grid with id: 99")
    assert [tab.title for tab in found.tabs] == ["Sheet1"]


def test_nothing_of_the_key_or_a_token_is_logged(
    google: FakeGoogle, account: GoogleAccount, caplog: pytest.LogCaptureFixture
) -> None:
    google.spreadsheet()
    google.next_answers.extend([ApiError(503, answers.UNAVAILABLE, headers={"Retry-After": "0"}), "is_cut"])
    assert account.key is not None
    with caplog.at_level(logging.DEBUG):
        _client(account).get(TITLE)
    lines = account.key["private_key"].splitlines()[1:-1]
    assert caplog.text
    assert not any(secret in caplog.text for secret in (*lines, *google.tokens.given, "assertion="))


def test_who_asks_for_no_sheet_imports_nothing_of_google() -> None:
    modules = "summary_tables.runs.build_step, summary_tables.runs.export_step, summary_tables.commands.new.command"
    program = f"import sys, {modules}; print(sorted({{'google.auth', 'requests'}} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_without_the_extra_it_is_told() -> None:
    program = (
        "import sys\n"
        "sys.modules['google.auth'] = None\n"
        "from summary_tables.sheets.account import machine_account\n"
        "from summary_tables.sheets.connect import connect\n"
        "try: connect(machine_account(), 'x')\n"
        "except Exception as error: print(error)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == (
        'Google\'s library is missing, which sheets need: pip install "summary-tables[google]"\n'
    )
