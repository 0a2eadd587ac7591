"""What the log of a failed task says to the person who opens it: the message comes first, in lines that can be read."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.operators import build
from summary_tables.text.width import cells
from summary_tables.text.wrapped import WIDTH
from tests.airflow.conftest import Project, states
from tests.airflow.operators.task_log import TaskLog, run_again
from tests.golden_files import assert_golden

Again = Callable[..., TaskLog]
_CHECK = {"name": "하루에 한 행: 모든 사용자에 대하여 " + "빠짐없이 " * 5 + "😀", "sql": "SELECT 0", "count": 1}
_OLD = [{"accepted_values": {"column": "a", "values": [f"one of the values of before {n}" for n in range(4)]}}]


@pytest.fixture
def again(project: Project, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> Again:
    """Runs a table made of what the test says, and then its task `of` once more."""

    def run(of: str, *, more_tries: int = 0, before: str = "", **keys: Any) -> TaskLog:
        admin.execute("DROP VIEW IF EXISTS analytics.t")
        admin.execute(before.encode())
        project.write("t", {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS a", **keys})
        done = project.run("t", datetime(2026, 11, 21, 3, tzinfo=UTC))
        (task_id,) = [name for name in states(done) if name.startswith(of)]
        return run_again(done, task_id, monkeypatch, more_tries=more_tries)

    return run


FAILED: dict[str, dict[str, Any]] = {
    "check": {"of": "output_check", "output_check": [_CHECK]},
    "check_that_warns": {
        "of": "output_check",
        "output_check": [{**_OLD[0], "severity": "warn"}],
    },
    "query": {"of": "create", "main_sql": "SELECT a\nFROM raw_data.nosuch"},
    "columns": {"of": "create", "columns": [{"name": "a", "type": "date"}, {"name": "방문자 수"}]},
    "template": {"of": "create", "main_sql": "SELECT '{{ macros.ds_add(ds, \"x\") }}' AS a"},
    "publish": {"of": "publish", "before": "CREATE VIEW analytics.t AS SELECT 2 AS a"},
}


@pytest.mark.parametrize("name", FAILED)
def test_failure_begins_with_its_message_in_short_lines_and_has_no_line_of_python(again: Again, name: str) -> None:
    log = again(**FAILED[name])
    assert_golden(f"logs/{name}.txt", log.seen)
    first = next(record for record in log.records if record["level"] in ("error", "warning"))
    assert max(map(cells, first["event"].splitlines())) <= WIDTH
    assert not any("error_detail" in record for record in log.records)


def test_where_the_mistake_is_ours_the_message_comes_before_the_lines_of_python(
    again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> str:
        raise KeyError("ours")

    monkeypatch.setattr(build, "built_words", fails)
    log = again("create")
    message, *python = [record for record in log.records if record["level"] == "error"]
    assert message["event"] == (
        "Building analytics.t failed: an unexpected KeyError ended it; its log says more.\nThere is no live table yet."
    )
    assert [record["error_detail"][0]["exc_value"] for record in python] == ["'ours'"]


def test_only_what_another_try_could_mend_is_tried_again(again: Again) -> None:
    late = again("input_check", more_tries=2, input_check=[_CHECK])
    assert late.state == "up_for_retry"
    assert again("output_check", more_tries=2, output_check=[_CHECK]).state == "failed"
    assert again("create", more_tries=2, main_sql="SELECT nosuch").state == "failed"
