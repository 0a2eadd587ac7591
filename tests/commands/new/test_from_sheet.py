"""`summary-tables new --from-sheet`: a sheet's headers and rows say what its table's file looks like."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, USAGE
from summary_tables.commands.new.from_sheet import guessed_type
from summary_tables.sheets.values import FormulaError, Moment
from tests.conftest import REPOSITORY
from tests.fake_google.grid import Tab
from tests.fake_google.server import ACCOUNT, SPREADSHEET, FakeGoogle, fake_google
from tests.golden_files import assert_golden

ADDRESS = f"https://docs.google.com/spreadsheets/d/{SPREADSHEET}/edit?gid=7#gid=7"
FLAGS = ["new", "--table", "monthly_targets", "--schema", "analytics", "--description", "Targets per month."]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "dag_configs"
    shutil.copytree(REPOSITORY / "dag_configs", found, ignore=shutil.ignore_patterns("sources"))
    monkeypatch.chdir(tmp_path)
    return found


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    with fake_google() as running:
        extra = {"keyfile_dict": running.account(), "sheets_endpoint": running.base_url}
        monkeypatch.setenv("GOOGLE", json.dumps({"conn_type": "google_cloud_platform", "extra": extra}))
        targets = Tab(sheet_id=7, title="Targets 🎯", rows=30, columns=12)
        headers = ["Month", "채널", "Target (KRW)", "Seats", "Paid?", None, "Changed", "2026", "Seats"]
        rows: list[list[Any]] = [
            [date(2026, 1, 1), "검색", 12.5, 3, True, None, datetime(2026, 1, 1, 9), None, "a"],
            [date(2026, 2, 1), "00501", 7, 4, False, "note", datetime(2026, 1, 2), None, 7],
        ]
        targets.fill([["Plans of 2026"]], column=11, row=20)
        targets.fill([headers, *rows], row=1)
        running.spreadsheet(Tab(sheet_id=0, title="Notes"), targets)
        yield running


@pytest.mark.usefixtures("google")
def test_the_file_has_headers_and_guessed_types(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*FLAGS, "--from-sheet", ADDRESS, "--google", "env:GOOGLE"]) == OK
    assert_golden("new/from_sheet.txt", capsys.readouterr().out)
    path = folder / "monthly_targets.yaml"
    assert_golden("new/from_sheet.yaml", path.read_text("utf-8"))
    assert cli.main(["lint", "--format", "concise", str(path)]) == OK


@pytest.mark.usefixtures("google")
def test_a_range_may_be_named(folder: Path) -> None:
    flags = ["--from-sheet", SPREADSHEET, "--range", "'Targets 🎯'!A2:C", "--google", "env:GOOGLE"]
    assert cli.main([*FLAGS, *flags]) == OK
    text = (folder / "monthly_targets.yaml").read_text("utf-8")
    assert "  range: \"'Targets 🎯'!A2:C\"" in text or "'''Targets 🎯''!A2:C'" in text
    assert "header_row" not in text


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            ["--from-sheet", ADDRESS, "--range", "Target", "--google", "env:GOOGLE"],
            '--from-sheet: The spreadsheet "Plans" has no tab `Target`. Its tabs are `Notes` and `Targets 🎯`.',
        ),
        (
            ["--from-sheet", ADDRESS, "--range", "Notes", "--google", "env:GOOGLE"],
            "--from-sheet: Notes is empty: its first row should have the headers.",
        ),
        (["--from-sheet", ADDRESS, "--google", "env:NONE"], "--google: the environment variable NONE is not set"),
        (["--from-sheet", ADDRESS, "--sql", "-"], "--from-sheet and a query exclude each other"),
        (["--range", "A:B"], "--range needs --from-sheet"),
        (
            ["--from-sheet", "1234567890123456789012345", "--google", "env:GOOGLE"],
            "--from-sheet: Google knows no spreadsheet with the id 1234567890123456789012345. Copy its address from "
            "the browser anew.",
        ),
    ],
)
@pytest.mark.usefixtures("google", "folder")
def test_what_cannot_be_read_is_told(flags: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*FLAGS, *flags]) == USAGE
    assert capsys.readouterr().err == f"summary-tables: {words}\n"


@pytest.mark.usefixtures("folder")
def test_nothing_of_a_key_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GOOGLE", '{"private_key": "s3cret", "client_email": ' + f'"{ACCOUNT}"' + "}")
    assert cli.main([*FLAGS, "--from-sheet", ADDRESS, "--google", "env:GOOGLE"]) == USAGE
    assert capsys.readouterr().err == (
        "summary-tables: --from-sheet: The key in the environment variable GOOGLE is not that of a service account, or "
        "not the whole of it. Use the JSON file as Google gave it.\n"
    )


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([], "text"),
        ([None, FormulaError("#REF!")], "text"),
        ([1, 2.0, None], "bigint"),
        ([1, 2.5], "numeric"),
        ([True, False], "boolean"),
        ([True, 1], "text"),
        ([Moment(46023), Moment(1)], "date"),
        ([Moment(46023.5)], "timestamp"),
        ([Moment(46023), 5], "text"),
        (["a", 1], "text"),
    ],
)
def test_guessed_types(values: list[Any], kind: str) -> None:
    assert guessed_type(values) == kind
