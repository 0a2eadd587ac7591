"""`summary-tables preview` of a table from a Google Sheet: what would be loaded, and every cell that would not."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from tests.fake_google.grid import Tab
from tests.fake_google.server import SPREADSHEET, FakeGoogle, fake_google
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, PASSWORD, Database

_CONFIG = f"""\
# yaml-language-server: $schema=../schemas/summary_table.schema.json
table: targets
schema: analytics
owner: growth
schedule: none
google_sheet:
  spreadsheet: {SPREADSHEET}
  range: Targets!A:C
columns:
  - {{name: month, type: date, header: Month}}
  - {{name: channel, type: text, header: 채널}}
  - {{name: target, type: "numeric(12,2)", header: "Target (KRW)", checks: [not_null]}}
"""
CONFIG = "dag_configs/targets.yaml"
FLAGS = ("--warehouse", "env:WAREHOUSE_OF_THE_TEST", "--date", "2026-01-01", "--google", "env:GOOGLE")


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code, and what is printed on both streams without the seconds."""
    code = cli.main(["preview", *arguments])
    printed = capsys.readouterr()
    return code, f"{re.sub(r'in [0-9.]+ s', 'in S.SS s', printed.out)}{printed.err}exit {code}\n"


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    with fake_google() as running:
        extra = {"keyfile_dict": running.account(), "sheets_endpoint": running.base_url}
        monkeypatch.setenv("GOOGLE", json.dumps({"conn_type": "google_cloud_platform", "extra": extra}))
        yield running


@pytest.fixture
def tab(google: FakeGoogle, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tab:
    monkeypatch.setenv("WAREHOUSE_OF_THE_TEST", database.server.uri(database.name, BUILDER, PASSWORD))
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / CONFIG).write_text(_CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    made = Tab(sheet_id=0, title="Targets")
    made.fill(
        [["Month", "채널", "Target (KRW)"], [date(2026, 1, 1), "검색 🎉", 1200], [date(2026, 2, 1), "=1+1", 12.5]]
    )
    google.spreadsheet(made)
    return made


@pytest.mark.usefixtures("tab")
def test_what_would_be_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, CONFIG, *FLAGS)
    assert_golden("preview/google_sheet.txt", said)
    assert code == OK


def test_every_cell_that_would_not(tab: Tab, capsys: pytest.CaptureFixture[str]) -> None:
    tab.fill([["soon", None, "many"] for _ in range(12)], row=1)
    code, said = call(capsys, CONFIG, *FLAGS)
    assert said.count("is not a number") == 12
    assert_golden("preview/google_sheet_mistakes.txt", said)
    assert code == PROBLEMS


@pytest.mark.usefixtures("tab")
def test_no_account(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, CONFIG, *FLAGS[:4], "--google", "env:NONE")
    assert "summary-tables: --google: the environment variable NONE is not set" in said
    assert code == USAGE


@pytest.mark.parametrize(
    ("name", "more", "code"),
    [
        ("all", "", OK),
        ("some", ", columns: [target, month], header: false", OK),
        ("too_many", ", max_cells: 8", PROBLEMS),
        ("no_room", ", columns: [month]", PROBLEMS),
        ("pii", ", columns: [channel]", PROBLEMS),
    ],
)
@pytest.mark.usefixtures("tab")
def test_what_would_be_exported(
    google: FakeGoogle, capsys: pytest.CaptureFixture[str], name: str, more: str, code: int
) -> None:
    """Google is asked for nothing but the rows: a preview may have no right to write."""
    where = "Report!B3:D4" if name == "no_room" else "Report!B3"
    export = f"export: {{google_sheet: {{spreadsheet: {SPREADSHEET}, range: '{where}'{more}}}}}"
    channel = "type: text, header: 채널"
    is_private = name in ("all", "pii")
    private = _CONFIG.replace(channel, f"{channel}, pii: true") if is_private else _CONFIG
    Path(CONFIG).write_text(f"{private}{export}\n", "utf-8")
    found, said = call(capsys, CONFIG, *FLAGS)
    assert_golden(f"preview/export_{name}.txt", said)
    assert found == code
    assert {request.method for request in google.requests if request.path != "/token"} <= {"GET"}
