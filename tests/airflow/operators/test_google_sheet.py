"""A sheet becomes a table, and a table goes to a sheet, by the tasks of a DAG."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from airflow.models.renderedtifields import RenderedTaskInstanceFields
from airflow.models.xcom import XComModel
from airflow.utils.session import create_session
from sqlalchemy import select

from summary_tables.sheets import patience
from tests.airflow.conftest import Project, failed_tasks, states
from tests.airflow.forgotten import forget_builds
from tests.airflow.operators.recorded import failure, logged, rows
from tests.airflow.operators.task_log import run_again
from tests.conftest import AIRFLOW_HOME
from tests.fake_google import answers
from tests.fake_google.answers import ApiError
from tests.fake_google.grid import Spreadsheet, Tab
from tests.fake_google.server import ACCOUNT, SPREADSHEET, FakeGoogle, fake_google

CONNECTION = "AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT"
SOURCE = {"spreadsheet": SPREADSHEET, "range": "Targets!A:C"}
EXPORT = {"google_sheet": {"spreadsheet": SPREADSHEET, "range": "Report!B3"}}
TARGETS: dict[str, Any] = {
    "table": "monthly_targets",
    "schema": "analytics",
    "google_sheet": SOURCE,
    "columns": [
        {"name": "month", "type": "date", "header": "Month"},
        {"name": "channel", "type": "text", "header": "채널"},
        {"name": "target", "type": "numeric(12,2)", "header": "Target (KRW)", "checks": ["not_null"]},
    ],
    "output_check": [{"unique": ["month", "channel"]}],
}
ROWS = [[date(2026, 1, 1), "=1+1", 1_200_000], [date(2026, 2, 1), "00501 🎉", 12.5]]
SHOWN = [[], [], [None, "month", "channel", "target"], [None, 46023, "=1+1", 1200000], [None, 46054, "00501 🎉", 12.5]]


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    """Airflow's connection leads to it."""
    with fake_google() as running:
        extra = {"keyfile_dict": running.account(), "sheets_endpoint": running.base_url}
        monkeypatch.setenv(CONNECTION, json.dumps({"conn_type": "google_cloud_platform", "extra": extra}))
        yield running


@pytest.fixture
def sheet(google: FakeGoogle, admin: psycopg.Connection[Any]) -> Spreadsheet:
    """Its tab `Targets` has two good rows; no table was ever built of it."""
    admin.execute("DROP VIEW IF EXISTS analytics.monthly_targets")
    forget_builds(admin, "monthly_targets")
    tab = Tab(sheet_id=0, title="Targets")
    tab.fill([["Month", "채널", "Target (KRW)"], *ROWS])
    return google.spreadsheet(tab, role="writer")


def test_a_sheet_becomes_a_table_that_goes_to_a_sheet(
    project: Project, sheet: Spreadsheet, admin: psycopg.Connection[Any]
) -> None:
    project.write("monthly_targets", {**TARGETS, "export": EXPORT})
    run = project.run("monthly_targets")
    assert states(run) == dict.fromkeys(
        ("create", "output_check.not_null_target", "output_check.unique_month_channel", "publish", "export_to_sheet"),
        "success",
    )
    assert [tuple(map(str, row)) for row in rows(admin, "monthly_targets")] == [
        ("2026-01-01", "=1+1", "1200000.00"),
        ("2026-02-01", "00501 🎉", "12.50"),
    ]
    assert sheet.tab("Report").shown == SHOWN


def test_a_broken_cell_is_named_and_all_stays(
    project: Project, sheet: Spreadsheet, admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("monthly_targets", {**TARGETS, "export": EXPORT})
    project.run("monthly_targets")
    sheet.tab("Targets").put(2, 2, "12,5OO")
    before = rows(admin, "monthly_targets")
    capsys.readouterr()
    run = project.run("monthly_targets")
    assert failed_tasks(run) == ["create"]
    assert failure(run, "create").sentence == (
        'Building analytics.monthly_targets failed: Targets!C3: "12,5OO" is not a number.'
    )
    assert 'Targets!C3: "12,5OO" is not a number.' in logged(capsys)
    assert rows(admin, "monthly_targets") == before
    assert sheet.tab("Report").shown == SHOWN
    sheet.tab("Targets").put(2, 2, 12500)
    assert failed_tasks(project.run("monthly_targets")) == []
    assert sheet.tab("Report").shown[4][3] == 12500


def test_an_export_that_fails_leaves_the_table_published_and_is_repeated(
    project: Project, sheet: Spreadsheet, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.roles[ACCOUNT] = "reader"
    project.write("monthly_targets", {**TARGETS, "export": EXPORT})
    run = project.run("monthly_targets")
    assert failed_tasks(run) == ["export_to_sheet"]
    assert str(failure(run, "export_to_sheet")) == (
        f"Exporting analytics.monthly_targets failed: {ACCOUNT} may not write to the spreadsheet {SPREADSHEET}. Open "
        f"the sheet, press Share, add `{ACCOUNT}` as Editor, and switch off the notification. The table is published "
        "all the same. The sheet was not changed."
    )
    assert len(rows(admin, "monthly_targets")) == 2
    sheet.roles[ACCOUNT] = "writer"
    run_again(run, "export_to_sheet", monkeypatch)
    assert sheet.tab("Report").shown == SHOWN


def test_where_the_answer_is_lost_nobody_says_that_nothing_changed(
    project: Project, google: FakeGoogle, sheet: Spreadsheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How long it is patient is told in tests/sheets/test_client.py: a short time would be none for the steps before.
    monkeypatch.setattr(patience, "_MOST_WAITS", 0)
    project.write("monthly_targets", {**TARGETS, "export": EXPORT})
    google.before_each = lambda request: (
        google.next_answers.append("is_cut_after_it_is_done") if request.method == "POST" else None
    )
    run = project.run("monthly_targets")
    assert failed_tasks(run) == ["export_to_sheet"]
    assert failure(run, "export_to_sheet").live == (
        "The table is published all the same. The sheet holds all of the old rows or all of the new ones."
    )
    assert sheet.tab("Report").shown == SHOWN


@pytest.mark.parametrize(
    ("main_sql", "export", "columns", "words"),
    [
        (
            "SELECT 1 AS id, 2 AS amount",
            {"columns": ["id", "nps"]},
            [],
            "`export` names `nps`, which the table does not have. Its columns are `id` and `amount`.",
        ),
        (
            "SELECT 1 AS id, 'a@b.kr'::text AS email",
            {"columns": ["email", "id"]},
            [{"name": "id"}, {"name": "email", "pii": True}],
            "`email` has personal data (`pii: true`), which goes to no sheet. Leave it out of `columns` of `export`, "
            "or name it in `pii_columns`.",
        ),
        (
            "SELECT generate_series(1, 30) AS id, 2 AS amount",
            {"max_cells": 61},
            [],
            "30 rows of 2 columns, and a row of headers, are more than 61 cells (`max_cells` of `export`). Export "
            "fewer columns or a smaller table, or raise it.",
        ),
        (
            "SELECT 'NaN'::float8 AS id, 9007199254740993 AS amount",
            {},
            [],
            "A sheet cannot hold 2 values of the table: nothing was written.\n"
            'Report!B4: the value of "id" is no number that a sheet has, such as NaN\n'
            'Report!C4: the value of "amount" has more digits than a sheet keeps (15); let the query give a text: '
            "CAST(... AS text)",
        ),
    ],
)
@pytest.mark.usefixtures("sheet")
def test_what_cannot_be_exported(
    project: Project, main_sql: str, export: dict[str, Any], columns: list[Any], words: str
) -> None:
    data: dict[str, Any] = {"table": "monthly_targets", "schema": "analytics", "main_sql": main_sql}
    given = {"google_sheet": {**EXPORT["google_sheet"], **export}}
    project.write("monthly_targets", {**data, **({"columns": columns} if columns else {}), "export": given})
    run = project.run("monthly_targets")
    found = failure(run, "export_to_sheet")
    assert "\n".join(filter(None, (found.error, found.details))) == words
    assert found.live == "The table is published all the same. The sheet was not changed."


def test_personal_data_goes_to_a_sheet_only_where_the_file_says_so(project: Project, sheet: Spreadsheet) -> None:
    data: dict[str, Any] = {
        "table": "monthly_targets",
        "schema": "analytics",
        "main_sql": "SELECT 1 AS id, 'a@b.kr'::text AS email, 'x'::text AS name",
        "columns": [{"name": "id"}, {"name": "email", "pii": True}, {"name": "name", "pii": True}],
    }
    project.write("monthly_targets", {**data, "export": EXPORT})
    project.run("monthly_targets")
    assert sheet.tab("Report").shown[2:] == [[None, "id"], [None, 1]]
    allowed = {"google_sheet": {**EXPORT["google_sheet"], "pii_columns": ["email"]}}
    project.write("monthly_targets", {**data, "export": allowed})
    project.run("monthly_targets")
    assert sheet.tab("Report").shown[2:] == [[None, "id", "email"], [None, 1, "a@b.kr"]]


def test_values_go_with_their_types_in_one_order_and_with_a_note(project: Project, sheet: Spreadsheet) -> None:
    query = (
        "SELECT id, day::date AS day, '2026-01-01 12:00+00'::timestamptz AS at, true AS ok, NULL::text AS nothing, "
        "'{\"a\": 1}'::jsonb AS facts, time '06:00' AS hour, timestamp '2026-01-01 18:00' AS local "
        "FROM (VALUES (2, '2026-01-02'), (1, '2026-01-01')) v(id, day)"
    )
    export = {"google_sheet": {**EXPORT["google_sheet"], "note": True, "header": False}}
    project.write(
        "monthly_targets", {"table": "monthly_targets", "schema": "analytics", "main_sql": query, "export": export}
    )
    (project.configs / "defaults.yaml").write_text("retries: 0\nrepository: https://git.example.com/blob/main\n")
    run = project.run("monthly_targets")
    tab = sheet.tab("Report")
    assert tab.shown[2:] == [
        [None, 1, 46023, 46023.5, True, None, '{"a": 1}', 0.25, 46023.75],
        [None, 2, 46024, 46023.5, True, None, '{"a": 1}', 0.25, 46023.75],
    ]
    kinds = [(tab.cells[3, column].number_format or {}).get("type") for column in range(1, 9)]
    assert kinds == [None, "DATE", "DATE_TIME", None, None, None, "TIME", "DATE_TIME"]
    first, link = tab.cells[2, 1].look["note"].splitlines()
    assert first.startswith("analytics.monthly_targets, written 20")
    assert first.endswith(f" UTC by the run {run.run_id}. Changes here are overwritten.")
    assert link == "https://git.example.com/blob/main/dag_configs/monthly_targets.yaml"


def test_a_roll_back_goes_to_the_sheet_too(project: Project, sheet: Spreadsheet) -> None:
    project.write("monthly_targets", {**TARGETS, "export": EXPORT})
    first = project.run("monthly_targets", datetime.fromisoformat("2026-01-01T00:00+00:00"))
    sheet.tab("Targets").put(2, 2, 99)
    project.run("monthly_targets", datetime.fromisoformat("2026-01-02T00:00+00:00"))
    assert sheet.tab("Report").shown[4][3] == 99
    from summary_tables.airflow.dag import build_dag
    from summary_tables.configs.config import read

    dag = build_dag(read("monthly_targets", project.configs))
    again = dag.test(
        logical_date=datetime.fromisoformat("2026-01-03T00:00+00:00"), run_conf={"roll_back": first.run_id}
    )
    assert failed_tasks(again) == []
    assert sheet.tab("Report").shown == SHOWN


def test_a_connection_that_is_missing(project: Project, sheet: Spreadsheet, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sheet
    monkeypatch.delenv(CONNECTION)
    project.write("monthly_targets", {**TARGETS, "google_sheet": {**SOURCE, "conn_id": "google_finance"}})
    assert failure(project.run("monthly_targets"), "create").error == (
        "Airflow has no connection `google_finance`. Add it under Admin, Connections: type google_cloud_platform, with "
        "the key of a service account as `keyfile_dict` in its extra fields."
    )


def test_nothing_of_the_key_is_stored_or_logged(
    project: Project, google: FakeGoogle, sheet: Spreadsheet, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither where all goes well nor where Google refuses, and the sign-in breaks off."""
    project.write("monthly_targets", {**TARGETS, "export": EXPORT})
    project.run("monthly_targets")
    sheet.roles[ACCOUNT] = "reader"
    google.next_answers.append(ApiError(503, answers.UNAVAILABLE, headers={"Retry-After": "0"}))
    assert failed_tasks(project.run("monthly_targets")) == ["export_to_sheet"]
    google.tokens.accounts[ACCOUNT] = "another key"
    assert failed_tasks(project.run("monthly_targets")) == ["create"]
    secrets = [*google.account()["private_key"].splitlines()[1:-1], *google.tokens.given]
    with create_session() as session:
        stored = [str(value) for value in session.execute(select(XComModel.value)).scalars()]
        stored += [str(row) for row in session.execute(select(RenderedTaskInstanceFields.rendered_fields)).scalars()]
    captured = capfd.readouterr()
    logs = [path.read_text("utf-8", errors="replace") for path in Path(AIRFLOW_HOME).rglob("*.log")]
    for text in (*stored, captured.out, captured.err, *logs):
        assert not any(secret in text for secret in secrets)
