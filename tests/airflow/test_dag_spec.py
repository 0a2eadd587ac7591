"""What dag-factory is given, and what Airflow shows under "Docs", as golden files."""

import pprint
import re
from pathlib import Path
from typing import Any

import pytest

from summary_tables.airflow.dag_docs import dag_docs
from summary_tables.airflow.dag_spec import dag_spec
from summary_tables.configs import config
from summary_tables.configs.folder import read_file
from summary_tables.configs.table_file import TableFile
from tests.golden_files import assert_golden

TABLES = ["mau_summary", "channel_summary", "nps_summary"]
VALID = Path(__file__).parents[1] / "cases" / "lint" / "valid"


def load(path: Path, **defaults: Any) -> config.Config:
    found = read_file(path, defaults)
    assert isinstance(found, TableFile)
    return found.config


@pytest.mark.parametrize("table", TABLES)
def test_spec_and_docs(table: str) -> None:
    found = config.read(table)
    spec = dag_spec(found)
    text = pprint.pformat({**spec, "doc_md": "see the .md"}, width=110, sort_dicts=False)
    assert_golden(
        f"dag/{table}.txt",
        re.sub(r"Config\(.*?\.yaml'\)\)|PosixPath\([^)]*\)| at 0x[0-9a-f]+", "...", text, flags=re.DOTALL),
    )
    assert_golden(f"dag/{table}.md", spec["doc_md"])


def test_docs_of_a_file_with_every_key() -> None:
    found = load(VALID / "every_key.yaml", repository="https://github.com/acme/tables/blob/main/")
    assert_golden("dag/every_key.md", dag_docs(found))


def test_docs_of_named_checks() -> None:
    checks: list[dict[str, Any]] = [
        {"row_count": {"min": 1200}, "severity": "warn"},
        {"unique": ["이 름", 'a"b']},
        {"accepted_values": {"column": "channel", "values": ["한국", "it's", "*C*, `D`", "<b>", "$x$"]}},
        {"matches": {"column": "month", "pattern": r"^\d{4}-(0[1-9]|1[0-2])_$"}},
        {"sql": "SELECT COUNT(1) FROM {schema}.other", "count": 1},
        {"name": "하루에\n한 행 😀", "no_rows": "SELECT 1 WHERE false", "severity": "warn"},
    ]
    data = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one", "output_check": checks}
    assert_golden("dag/named_checks.md", dag_docs(config.from_data(data, {}, Path("dag_configs/t.yaml"))))


def test_a_run_that_succeeds_is_told_only_where_a_check_may_have_warned() -> None:
    check = {"row_count": {"min": 1}}
    warns = [check, {**check, "severity": "warn"}, {"not_null": "one", "severity": "warn"}]
    data = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one", "output_check": [check]}
    assert "on_success_callback" not in dag_spec(config.from_data(data, {}, Path("dag_configs/t.yaml")))
    spec = dag_spec(config.from_data({**data, "output_check": warns}, {}, Path("dag_configs/t.yaml")))
    asked = ("output_check.row_count_warn", "output_check.not_null_one")
    assert spec["on_success_callback"]["warn_task_ids"] == spec["on_failure_callback"]["warn_task_ids"] == asked


def test_table_that_grows() -> None:
    data = {
        "table": "t",
        "schema": "s",
        "schedule": "0 3 * * *",
        "refresh": {"delete_insert": {"time_column": "day", "start": "2026-01-31"}},
        "main_sql": "SELECT ts::date AS day FROM s.a WHERE ts >= '{{ data_interval_start | ds }}'",
    }
    found = config.from_data(data, {}, Path("dag_configs/t.yaml"))
    assert_golden("dag/growing.md", dag_docs(found))
    spec = dag_spec(found)
    assert (spec["start_date"], spec["catchup"]) == ("2026-01-31", True)
    spec = dag_spec(config.from_data({**data, "refresh": "append"}, {}, found.path))
    assert (spec["start_date"], spec["catchup"]) == ("2000-01-01", False)


def test_query_cannot_end_its_block_in_the_docs() -> None:
    found = load(VALID / "smallest.yaml")
    hostile = found.table.main_sql + "\n```\n# not a heading\n"
    changed = config.from_data({"table": "t", "schema": "s", "main_sql": hostile}, {}, found.path)
    assert dag_docs(changed).endswith("\n````sql\nSELECT 1 AS one\n```\n# not a heading\n````\n")


@pytest.mark.parametrize(
    ("checks", "ids"),
    [
        ([{"sql": "SELECT COUNT(1) FROM a.b", "count": 1}] * 2, ["at_least_rows_in_a_b", "at_least_rows_in_a_b_2"]),
        ([{"sql": "SELECT 1", "count": 1, "name": "create"}], ["create_2"]),
        ([{"sql": "SELECT 1", "count": 1, "name": "답이 충분하다 😀"}], ["check_fa1e99"]),
        ([{"sql": "SELECT 1", "count": 1, "name": "NPS 응답"}], ["nps_4ea12a"]),
        ([{"sql": "SELECT 1", "count": -1, "op": "gt"}], ["more_than_sql_e004eb"]),
        ([{"sql": "SELECT 1", "count": 1, "name": "x" * 80 + "!"}], ["x" * 80]),
    ],
)
def test_task_ids_can_be_read_and_are_unlike(checks: list[dict[str, Any]], ids: list[str]) -> None:
    data = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one", "input_check": checks, "output_check": checks}
    tasks = dag_spec(config.from_data(data, {}, Path("dag_configs/t.yaml")))["tasks"]
    assert list(tasks)[: len(ids)] == ids
    assert len(tasks) == 2 * len(checks) + 2


def test_an_export_is_a_task_behind_publish() -> None:
    export = {"google_sheet": {"spreadsheet": "1AbCdEfGhIjKlMnOpQrStUvWxYz", "range": "Report!B3"}}
    checks = [{"name": "export to sheet", "row_count": {"min": 1}}]
    data = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one", "output_check": checks, "export": export}
    tasks = dag_spec(config.from_data(data, {}, Path("dag_configs/t.yaml")))["tasks"]
    assert list(tasks) == ["create", "export_to_sheet_2", "publish", "export_to_sheet"]
    assert tasks["export_to_sheet"]["dependencies"] == ["publish"]
    assert tasks["export_to_sheet"]["operator"] == "summary_tables.airflow.operators.export.ExportOperator"


def test_a_run_that_waits_begins_with_it() -> None:
    orders = {"table": "raw.orders", "column": "loaded_at", "within_hours": 6}
    schedule = {"at": "0 6 * * *", "after": ["s.other", {"asset": "landed"}, orders]}
    check = {"row_count": {"min": 1}, "table": "raw.orders", "name": "wait"}
    data = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one", "schedule": schedule, "input_check": [check]}
    found = dag_spec(config.from_data(data, {}, Path("dag_configs/t.yaml")))
    tasks = found["tasks"]
    assert {task_id: task["dependencies"] for task_id, task in tasks.items()} == {
        "wait": [],
        "wait_2": ["wait"],
        "create": ["input_check"],
        "publish": ["create"],
    }
    assert tasks["wait"]["task_display_name"] == "Wait for s.other, landed and raw.orders"
    assert (found["schedule"], found["max_active_runs"]) == ("0 6 * * *", 1)
    assert (
        "built: every day at 06:00 UTC, but not before `s.other` and the asset `landed` are both published and"
        in (found["doc_md"])
    )


def test_what_starts_a_run_is_not_waited_for() -> None:
    data = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one", "pool": "heavy", "max_active_runs": 2}
    data["priority"] = "high"
    after = {"schedule": {"after": {"any": ["s.other", {"asset": "landed"}]}}}
    found = dag_spec(config.from_data(data | after, {}, Path("dag_configs/t.yaml")))
    assert list(found["tasks"]) == ["create", "publish"]
    assert found["schedule"] == ["s.other", "landed"]
    assert (found["default_args"]["pool"], found["max_active_runs"]) == ("heavy", 2)
    assert found["default_args"]["priority_weight"] == 100
    assert "built: as soon as `s.other` or the asset `landed` is published" in found["doc_md"]
