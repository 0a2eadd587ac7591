"""What a run of a dbt project's DAG does with what dbt says; dbt is a program that says what a test wants."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from airflow.models.taskinstance import TaskInstance
from airflow.models.xcom import XComModel
from airflow.sdk import Context
from airflow.utils.session import create_session
from sqlalchemy import select

from summary_tables.airflow import run_notes
from summary_tables.airflow.assets import table_asset
from summary_tables.airflow.dag import build_folder, build_project_dag, dags_to_parse
from summary_tables.airflow.dbt_runs import callbacks
from summary_tables.airflow.dbt_runs.callbacks import DbtFailureCallback, DbtWarningCallback
from summary_tables.airflow.dbt_runs.notes import failure_words, success_words
from summary_tables.airflow.dbt_runs.operators import DbtFailedOperator, DbtOperator
from summary_tables.airflow.operators import wait
from summary_tables.airflow.operators.step import StepFailed
from summary_tables.configs.dbt_config import DbtConfig, read_either
from summary_tables.runs.dbt_build.build import DbtTry
from summary_tables.runs.dbt_build.dbt_profile import Login
from summary_tables.runs.dbt_build.program import VARIABLE
from summary_tables.runs.dbt_build.said import DbtRefusal
from tests.airflow.conftest import Project
from tests.airflow.dbt_runs.made_dbt import ALL_WELL, TEST, WARNS, MadeDbt

FAILED_TEST = {
    **ALL_WELL,
    TEST: "fail",
    "model.shop.orders": "skipped",
    "model.shop.revenue": "skipped",
}


@pytest.fixture
def dbt(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeDbt:
    made = MadeDbt(tmp_path, project.configs.parent / "dbt" / "shop")
    monkeypatch.setenv(VARIABLE, str(made.program))
    # Airflow's test of a DAG holds its one transaction in SQLite while this would write in another.
    monkeypatch.setattr(run_notes, "_is_dbts", lambda _: False)
    return made


@pytest.fixture
def told_assets(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What Airflow is told of; that tables which wait for it then start is seen with its own scheduler."""
    told: set[str] = set()
    real = DbtOperator._tell_assets

    def tell(self: DbtOperator, context: Context, names: Sequence[str], rows: dict[str, int | None]) -> None:
        real(self, context, names, rows)
        assert [asset.name for asset in self.outlets] == list(names)
        due = context["dag_run"].run_after.isoformat()
        assert {context["outlet_events"][asset].extra["due"] for asset in self.outlets} <= {due}
        told.update(names)

    monkeypatch.setattr(DbtOperator, "_tell_assets", tell)
    return told


@pytest.fixture
def run(project: Project, dbt: MadeDbt, sent: list[str]) -> Callable[..., Any]:  # noqa: ARG001 - they have to be there
    def run_once(**keys: Any) -> Any:
        data = {"dbt": {"project": "dbt/shop"}, "owner": "growth", "retry_delay_minutes": 0, **keys}
        project.write("shop", data)
        config = read_either("shop", project.configs)
        assert isinstance(config, DbtConfig)
        return build_project_dag(config).test()

    return run_once


def states(run: Any) -> dict[str, str]:
    with create_session() as session:
        tis = session.scalars(select(TaskInstance).where(TaskInstance.run_id == run.run_id)).all()
        return {ti.rendered_map_index or ti.task_id: str(ti.state) for ti in tis}


class Store(dict[str, Any]):
    """Airflow's, without a database."""

    def set(self, key: str, value: Any) -> None:
        self[key] = value


def recorded_tasks(run: Any) -> Any:
    """What `build` handed to the tasks of what failed."""
    with create_session() as session:
        rows = session.scalars(select(XComModel).where(XComModel.run_id == run.run_id)).all()
        return next(
            XComModel.deserialize_value(row) for row in rows if (row.task_id, row.key) == ("build", "return_value")
        )


def note(run: Any) -> str:
    """What would be noted beside the run."""
    with create_session() as session:
        rows = session.scalars(select(XComModel).where(XComModel.run_id == run.run_id)).all()
        recorded = {(row.task_id, row.key): XComModel.deserialize_value(row) for row in rows}
        tis = session.scalars(select(TaskInstance).where(TaskInstance.run_id == run.run_id)).all()
        failed = [(ti.task_id, ti.map_index) for ti in tis if ti.state == "failed"]
    return failure_words("shop", run.run_id, recorded, failed) if failed else success_words(recorded)


def test_all_well(run: Callable[..., Any], dbt: MadeDbt, sent: list[str], told_assets: set[str]) -> None:
    dbt.answers(ALL_WELL)
    done = run()
    assert states(done) == {"source_freshness": "success", "build": "success", "failed": "skipped"}
    assert note(done) == "Built 4 tables; 2 tests passed."
    assert told_assets == {"shop.staging", "shop.orders", "shop.revenue", "shop.customers"}
    assert (dbt.selected, sent) == ([[]], [])


def test_build_that_somebody_marks_as_success_or_clears_alone_is_told(
    run: Callable[..., Any],
    dbt: MadeDbt,
    sent: list[str],
    project: Project,
    told_assets: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dbt.answers(ALL_WELL)
    done = run()
    assert told_assets
    config = read_either("shop", project.configs)
    assert isinstance(config, DbtConfig)
    callback = DbtFailureCallback(config=config.as_table, project="dbt/shop")
    # No task has failed: of what `build` did not hand over Airflow makes none.
    context = {"dag": build_project_dag(config), "run_id": done.run_id, "reason": "task_failure"}
    callback.notify(context)
    assert sent == [
        "Running dbt project shop failed: its task `build` was marked as success while it ran, so that nobody knows "
        "what failed in it. Clear it to have it run once more. "
        "What was built by then holds new rows, all else its old ones."
    ]
    # `build` itself had failed, was cleared before Airflow called this, and begins anew.
    cleared = SimpleNamespace(task_id="build", map_index=-1)
    assert callback.report({**context, "ti": cleared}).explanation == (
        "Its task `build` was cleared before its failure was told; the log of its earlier try says why."
    )
    monkeypatch.setattr(callbacks, "failed_task_ids", lambda *_: ["failed_0"])
    assert callback.report(context).explanation == (
        "Its task `build` was cleared without what follows it: the tasks of what failed are those of before. "
        "Clear them, too."
    )


def test_what_failed_is_tried_again_and_then_is_a_task_each(
    run: Callable[..., Any],
    dbt: MadeDbt,
    sent: list[str],
    admin: psycopg.Connection[Any],
    told_assets: set[str],
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dbt.answers({**FAILED_TEST, "model.shop.customers": "error"}, {**FAILED_TEST, "model.shop.customers": "success"})
    done = run(retries=1)
    assert [set(words) for words in dbt.selected] == [set(), {"customers", "unique_staging_id", "orders", "revenue"}]
    assert states(done) == {"source_freshness": "success", "build": "success", "shop.staging: unique: id": "failed"}
    assert told_assets == {"shop.customers"}
    words = 'Test "unique: id" of shop.staging failed: expected each id once, got 3 values more than once.'
    assert note(done) == words
    assert sent == [f"{words} shop.staging holds these rows. Not built for it: shop.orders and shop.revenue."]
    assert admin.execute("SELECT table_name FROM summary_tables.incident_log").fetchall()
    config = read_either("shop", project.configs)
    assert isinstance(config, DbtConfig)
    context = {"dag": build_project_dag(config), "run_id": done.run_id, "reason": "task_failure"}
    # It failed again, and was cleared once more before Airflow called the callback: nothing new.
    monkeypatch.setattr(callbacks, "failed_task_ids", lambda *_: [])
    of_airflow = SimpleNamespace(task_id="failed", map_index=0)
    DbtFailureCallback(config=config.as_table, project="dbt/shop").notify({**context, "ti": of_airflow})
    assert len(sent) == 1
    # All that failed was cleared, and the run went well then: Airflow calls this.
    DbtWarningCallback(config=config.as_table).notify(context)
    # Midnight may lie between the two.
    assert [re.sub(r"(today|yesterday) at \d\d:\d\d", "...", words) for words in sent[1:]] == [
        "Works again: dbt project shop. It had failed since ... UTC (1 run)."
    ]


def test_what_failed_is_told_first_and_tried_alone_when_it_is_cleared(
    run: Callable[..., Any], dbt: MadeDbt, project: Project, told_assets: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dbt.answers(FAILED_TEST)
    done = run()
    (task,) = recorded_tasks(done)
    told_assets.clear()
    config = read_either("shop", project.configs)
    assert isinstance(config, DbtConfig)
    operator = DbtFailedOperator(task_id="failed", config=config, failed=task)
    told: list[dict[str, Any]] = []
    ti = SimpleNamespace(try_number=2, map_index=0, xcom_push=lambda key, value: told.append({key: value}))
    # Airflow keeps what a task stores through all of its tries.
    events = {table_asset(name): SimpleNamespace(extra={}) for name in ("shop.orders", "shop.revenue")}
    context: Any = {"ti": ti, "task_state_store": Store(), "dag_run": done, "outlet_events": events}
    monkeypatch.setattr(operator, "_end_earlier", lambda _: None)
    dbt.answers({TEST: "pass", "model.shop.orders": "success", "model.shop.revenue": "success"})
    with pytest.raises(StepFailed):
        operator._run(context)
    assert (dbt.selected, len(told)) == ([], 1)
    operator._run(context)
    assert [set(words) for words in dbt.selected] == [{"unique_staging_id", "orders", "revenue"}]
    assert told_assets == {"shop.orders", "shop.revenue"}
    # `build` was cleared as well, and found it once more.
    operator.failed = {**task, "try": 2}
    with pytest.raises(StepFailed):
        operator._run(context)
    assert len(dbt.selected) == 1


def test_model_that_mends_itself_tells_nobody(
    run: Callable[..., Any], dbt: MadeDbt, sent: list[str], told_assets: set[str]
) -> None:
    dbt.answers(FAILED_TEST, {TEST: "pass", "model.shop.orders": "success", "model.shop.revenue": "success"})
    done = run(retries=1)
    assert states(done) == {"source_freshness": "success", "build": "success", "failed": "skipped"}
    assert told_assets == {"shop.staging", "shop.orders", "shop.revenue", "shop.customers"}
    assert (note(done), sent) == ("Built 4 tables; 2 tests passed.", [])


def test_warning_is_not_lost(run: Callable[..., Any], dbt: MadeDbt, told_assets: set[str]) -> None:
    dbt.answers({**ALL_WELL, WARNS: "warn"})
    done = run()
    assert note(done) == "Built 4 tables; 1 test passed, 1 warned."
    assert "shop.customers" in told_assets


def test_source_that_is_too_old_ends_the_run_before_anything_is_built(
    run: Callable[..., Any], dbt: MadeDbt, sent: list[str]
) -> None:
    dbt.sources("error", 80 * 3600)
    done = run()
    assert states(done) == {
        "source_freshness": "failed",
        "build": "upstream_failed",
        "failed": "upstream_failed",
    }
    assert dbt.selected == []
    assert sent == [
        'Source check "newest row at most 2 days old" of raw.events failed: '
        "expected at most 2 days, got 80.0 hours. Nothing was built."
    ]


def test_project_that_waits_in_vain(
    run: Callable[..., Any], dbt: MadeDbt, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wait, "poll_seconds", lambda: 0.2)
    monkeypatch.setattr(wait, "is_by_hand", lambda _: False)
    done = run(schedule={"at": "0 6 * * *", "after": ["analytics.never_was"], "wait_hours": 0.0001})
    assert states(done) == dict.fromkeys(("source_freshness", "build", "failed"), "upstream_failed") | {
        "wait": "failed"
    }
    words = (
        "Waiting to build dbt project shop failed: it waited 0.0001 hours (`wait_hours`) for what did not come. "
        "analytics.never_was: it has not been published since TIME. "
        "Clear `wait` of this run in Airflow to have it wait once more."
    )
    assert [re.sub(r"since [\d-]+ [\d:]+ UTC", "since TIME", each) for each in (note(done), *sent)] == [
        words,
        f"{words} Nothing was built.",
    ]
    assert dbt.selected == []


def test_dbt_that_cannot_begin_says_what_it_said(run: Callable[..., Any], dbt: MadeDbt, sent: list[str]) -> None:
    dbt.answers()
    done = run(dbt={"project": "dbt/shop", "freshness": False})
    assert states(done) == {"build": "failed", "failed": "upstream_failed"}
    assert sent == [
        f"Running dbt project shop failed: {dbt.program} does not answer as dbt-core 1 does: "
        "Traceback: no more answers. Nothing was built."
    ]


@pytest.mark.parametrize(
    ("keys", "again", "words"),
    [
        ({}, (), "the project has nothing to build."),
        (
            {"select": ["tag:daly"]},
            (),
            "`tag:daly` selects nothing of the project. Name a model, or a tag, path or package of one.",
        ),
        ({}, ("orders",), "`orders` is not in the project any more. Start a run of all of it."),
    ],
)
def test_nothing_is_built(dbt: MadeDbt, project: Project, keys: Any, again: tuple[str, ...], words: str) -> None:
    dbt.answers({})
    project.write("shop", {"dbt": {"project": "dbt/shop", **keys}})
    config = read_either("shop", project.configs)
    assert isinstance(config, DbtConfig)
    login = Login(host="h", port=1, user="u", password="p", database="d")
    attempt = DbtTry(config=config, login=login, name="dbt shop", tell=lambda _: None)
    assert attempt.build(again) == DbtRefusal(error=words, live="Nothing was built.")


def test_both_kinds_of_files_become_dags(project: Project, dbt: MadeDbt) -> None:  # noqa: ARG001 - it has to be there
    project.write("shop", {"dbt": {"project": "dbt/shop"}, "schedule": "0 3 * * *"})
    project.write("gone", {"dbt": {"project": "dbt/gone"}})
    project.write("t", {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS one"})
    built = build_folder(project.configs)
    assert sorted(built.dags) == ["shop", "t"]
    assert [problem.rule for problem in built.problems] == ["dbt-project"]
    assert built.dags["shop"].tags == {"dbt"}
    # Also of a backfill, whose runs Airflow starts several at a time.
    assert built.dags["shop"].get_task("build").max_active_tis_per_dag == 1
    assert sorted(dags_to_parse(project.configs)) == ["shop", "t"]
