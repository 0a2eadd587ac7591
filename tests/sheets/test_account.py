"""What a connection, a key file or a variable says of the account."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from summary_tables.sheets.account import ENDPOINT, GoogleAccount, account_from_extras, account_from_text
from summary_tables.sheets.credentials import sign_in
from summary_tables.sheets.error import SheetsError
from tests.fake_google.server import ACCOUNT, FakeGoogle
from tests.fake_google.tokens import private_key_text

WHERE = "the connection `google`"
KEY = {"type": "service_account", "client_email": ACCOUNT, "private_key": "-----BEGIN"}


@pytest.mark.parametrize("form", ["dict", "text", "old prefix"])
def test_a_key_stands_in_the_connection(form: str) -> None:
    forms: dict[str, dict[str, Any]] = {
        "dict": {"keyfile_dict": KEY},
        "text": {"keyfile_dict": json.dumps(KEY), "key_path": "", "num_retries": 5},
        "old prefix": {"extra__google_cloud_platform__keyfile_dict": json.dumps(KEY)},
    }
    found = account_from_extras(forms[form], WHERE)
    assert (found.key, found.key_path, found.scopes, found.endpoint) == (KEY, "", (), ENDPOINT)


def test_scopes_are_a_list_with_commas() -> None:
    found = account_from_extras({"key_path": "/keys/a.json", "scope": "https://a, https://b"}, WHERE)
    assert (found.key, found.key_path, found.scopes) == (None, "/keys/a.json", ("https://a", "https://b"))


def test_without_a_key_it_is_the_machine_s() -> None:
    found = account_from_extras({"project": "acme", "key_path": None}, WHERE)
    assert (found.key, found.key_path) == (None, "")


@pytest.mark.parametrize(
    ("extras", "words"),
    [
        (
            {"keyfile_dict": '{"private_key": "s3cret"'},
            "`keyfile_dict` of the connection `google` is not JSON. Paste the whole key file of a service account, "
            "braces included.",
        ),
        (
            {"keyfile_dict": KEY, "key_path": "/keys/a.json"},
            "The connection `google` has both `keyfile_dict` and `key_path`. Leave one of them out.",
        ),
        (
            {"impersonation_chain": "boss@acme.com", "keyfile_dict": KEY},
            "The connection `google` has `impersonation_chain`, which cannot be used for sheets. Give it "
            "`keyfile_dict` or `key_path` instead.",
        ),
        (
            {"sheets_endpoint": "http://sheets.acme.com"},
            "`sheets_endpoint` of the connection `google` must be an address that begins with https://.",
        ),
        (
            {"sheets_endpoint": "http://127.0.0.1.acme.com"},
            "`sheets_endpoint` of the connection `google` must be an address that begins with https://.",
        ),
    ],
)
def test_what_cannot_be_used_is_told(extras: dict[str, Any], words: str) -> None:
    with pytest.raises(SheetsError) as told:
        account_from_extras(extras, WHERE)
    assert str(told.value) == words


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(KEY),
        json.dumps({"conn_type": "google_cloud_platform", "extra": {"keyfile_dict": KEY}}),
        json.dumps({"conn_type": "google_cloud_platform", "extra": json.dumps({"keyfile_dict": KEY})}),
        f"google-cloud-platform://?keyfile_dict={quote(json.dumps(KEY))}",
        f"google-cloud-platform://?__extra__={quote(json.dumps({'keyfile_dict': KEY}))}",
    ],
)
def test_a_variable_holds_a_key_or_a_connection(text: str) -> None:
    assert account_from_text(text, "GOOGLE").key == KEY


def test_a_variable_holds_the_path_of_a_key() -> None:
    assert account_from_text(" /keys/a.json\n", "GOOGLE").key_path == "/keys/a.json"


def test_the_key_is_not_shown_by_repr(account: GoogleAccount) -> None:
    assert "PRIVATE" not in repr(account)


def test_no_more_than_the_needed_scope_is_asked_for(account: GoogleAccount) -> None:
    reads, writes = sign_in(account, writes=False), sign_in(account, writes=True)
    assert reads.credentials.scopes == ["https://www.googleapis.com/auth/spreadsheets.readonly"]  # type: ignore[attr-defined]  # of service accounts
    assert writes.credentials.scopes == ["https://www.googleapis.com/auth/spreadsheets"]  # type: ignore[attr-defined]  # of service accounts
    assert reads.email == ACCOUNT


def test_the_connection_s_scopes_are_a_limit(google: FakeGoogle) -> None:
    allowed = ("https://www.googleapis.com/auth/spreadsheets.readonly",)
    account = GoogleAccount(where=WHERE, key=google.account(), scopes=allowed)
    with pytest.raises(SheetsError) as told:
        sign_in(account, writes=True)
    assert str(told.value) == (
        "The scopes of the connection `google` do not allow to write to a sheet. Add "
        "https://www.googleapis.com/auth/spreadsheets to them, or leave them out."
    )


def test_a_key_file_is_read(google: FakeGoogle, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text(json.dumps(google.account()))
    assert sign_in(GoogleAccount(where=WHERE, key_path=str(tmp_path / "key.json")), writes=False).email == ACCOUNT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "The key file PATH, which the connection `google` names, cannot be read: No such file or directory."),
        ("no json", "The file PATH, which the connection `google` names, is not the JSON of a key."),
        (
            json.dumps({"private_key": private_key_text("a")[:80] + "TORN"}),
            "The key in the connection `google` is not that of a service account, or not the whole of it. Use the JSON "
            "file as Google gave it.",
        ),
    ],
)
def test_a_key_that_is_none_is_told_without_it(content: str | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SheetsError) as told:
        sign_in(GoogleAccount(where=WHERE, key_path=str(path)), writes=False)
    assert str(told.value) == words.replace("PATH", str(path))
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ or told.value.__context__ is None


def test_the_machine_s_own_account_is_found(
    google: FakeGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key.json").write_text(json.dumps(google.account()))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "key.json"))
    assert sign_in(GoogleAccount(where="this machine"), writes=False).email == ACCOUNT


def test_a_machine_without_an_account_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with pytest.raises(SheetsError) as told:
        sign_in(GoogleAccount(where="this machine"), writes=False)
    assert str(told.value) == (
        "This machine has no Google account of its own, and no key is given. Give the Airflow connection "
        "`keyfile_dict` or `key_path`; on the command line: --google env:NAME."
    )
