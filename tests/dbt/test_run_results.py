"""`run_results.json` and `sources.json` of each dbt: what of them counts as good, failed, warned or not begun."""

import json
from pathlib import Path
from typing import Any

import pytest

from summary_tables.dbt.run_results import NodeResult, SourceAge, command_of, read_run_results, read_source_ages

ORDERS = "model.shop.orders"


def written(folder: Path, *results: object) -> Path:
    path = folder / "results.json"
    path.write_text(json.dumps({"results": results}))
    return path


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("success", "good"),
        ("pass", "good"),
        ("no-op", "good"),
        ("error", "failed"),
        ("fail", "failed"),
        ("runtime error", "failed"),
        ("partial success", "failed"),
        ("warn", "warned"),
        ("skipped", "skipped"),
        ("", "none"),
    ],
)
def test_words_of_dbt(status: str, means: str) -> None:
    found = NodeResult(unique_id=ORDERS, status=status)
    flags = {
        "good": found.is_good,
        "failed": found.has_failed,
        "warned": found.has_warned,
        "skipped": found.is_skipped,
    }
    assert [name for name, is_so in flags.items() if is_so] == [means] * (means != "none")
    if means != "skipped":
        age = SourceAge(unique_id="source.shop.raw.events", status=status)
        assert age.has_failed is (status in ("error", "runtime error"))
        assert age.has_warned is (status == "warn")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {}),
        ({"status": None, "message": None, "failures": None, "compiled_code": None, "adapter_response": None}, {}),
        ({"status": "fail", "message": " no\n", "failures": 0}, {"status": "fail", "message": "no", "failures": 0}),
        ({"compiled_code": "\nselect 1\n", "failures": "3"}, {"compiled_code": "select 1"}),
        ({"adapter_response": {"rows_affected": 0}}, {"rows": 0}),
        ({"adapter_response": {"rows_affected": -1}}, {}),
        ({"adapter_response": {"rows_affected": "10"}}, {}),
    ],
)
def test_result_of_a_node(tmp_path: Path, said: dict[str, Any], expected: dict[str, Any]) -> None:
    path = written(tmp_path, {"unique_id": ORDERS, **said}, {"status": "success"}, "other")
    assert read_run_results(path) == (NodeResult(**({"unique_id": ORDERS, "status": ""} | expected)),)


def test_age_of_a_source(tmp_path: Path) -> None:
    events = "source.shop.raw.events"
    path = written(
        tmp_path,
        {"unique_id": events, "status": "warn", "max_loaded_at_time_ago_in_s": 5400},
        {"unique_id": events, "status": "runtime error", "error": " no such table\n"},
    )
    assert read_source_ages(path) == (
        SourceAge(unique_id=events, status="warn", hours=1.5),
        SourceAge(unique_id=events, status="runtime error", message="no such table"),
    )


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"results": null}', "[" * 100_000])
def test_what_is_something_else(tmp_path: Path, content: str) -> None:
    (tmp_path / "results.json").write_text(content)
    assert read_run_results(tmp_path / "results.json") is None
    assert read_source_ages(tmp_path / "nowhere.json") is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ('{"args": {"which": "build"}, "results": []}', "build"),
        ('{"args": {}}', ""),
        ('{"args": "build"}', ""),
        ("[1]", ""),
        ("{", ""),
    ],
)
def test_the_command_that_left_them(tmp_path: Path, text: str, command: str) -> None:
    path = tmp_path / "run_results.json"
    assert command_of(path) == ""
    path.write_text(text, "utf-8")
    assert command_of(path) == command
