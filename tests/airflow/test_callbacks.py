"""What the callback makes of what Airflow hands over and tells; `tests/end_to_end` asks a real Airflow."""

import copy
import pickle
from dataclasses import asdict, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.serialization.serialized_objects import DagSerialization
from dagfactory.dagbuilder import DagBuilder

from summary_tables.airflow import callbacks
from summary_tables.airflow.callbacks import FailureCallback, WarningCallback
from summary_tables.configs.config import Config
from summary_tables.model.failure import Failure
from summary_tables.model.settings import Settings, Slack
from summary_tables.model.table import Refresh, Schedule, SummaryTable
from summary_tables.runs.report import NextRun
from tests.conftest import REPOSITORY

TABLE = "analytics.nps_summary"
SETTINGS = Settings(repository="https://github.com/acme/tables/blob/main/", notifiers=(Slack(mention="<!here>"),))
CONFIG = Config(
    table=SummaryTable(table="nps_summary", schema="analytics", owner="growth"),
    settings=SETTINGS,
    path=REPOSITORY / "dag_configs" / "nps_summary.yaml",
)
CALLBACK = FailureCallback(config=CONFIG)
CHECK = Failure(step="input_check", table=TABLE, check="a", check_index=0, expected="at least 12", actual="7")
CREATE = Failure(step="create", table=TABLE, error="No.")


class TaskInstance(SimpleNamespace):
    """As much of Airflow's as the callback is handed."""

    def __init__(self, task_id: str) -> None:
        super().__init__(
            task_id=task_id, try_number=2, log_url=f"https://airflow/{task_id}", task=SimpleNamespace(retries=1)
        )


@pytest.fixture
def airflow_says(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Failed task -> what it recorded; an exception is raised instead of returned."""
    records: dict[str, Any] = {}

    def recorded(_dag_id: str, _run_id: str, task_id: str, _key: str) -> Any:
        if isinstance(records[task_id], Exception):
            raise records[task_id]
        return records[task_id]

    monkeypatch.setattr(callbacks, "failed_task_ids", lambda _dag_id, _run_id: sorted(records))
    monkeypatch.setattr(callbacks, "recorded", recorded)
    return records


@pytest.fixture
def airflow_warns(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Task -> what it recorded as a warning; an exception is raised instead of returned."""
    records: dict[str, Any] = {}

    def recorded(_dag_id: str, _run_id: str, task_id: str, _key: str) -> Any:
        if isinstance(found := records.get(task_id), Exception):
            raise found
        return found

    monkeypatch.setattr(callbacks, "recorded", recorded)
    return records


def a_context(**more: Any) -> dict[str, Any]:
    """What Airflow hands over at least."""
    tasks = dict.fromkeys(["input_check.b", "input_check.a", "create", "output_check.a", "publish"])
    dag = SimpleNamespace(dag_id="nps_summary", task_dict=tasks)
    return {"dag": dag, "run_id": "manual__1+0", "reason": "task_failure", **more}


def test_one_failure(airflow_says: dict[str, Any]) -> None:
    airflow_says["create"] = asdict(CREATE)
    run_after = datetime.fromisoformat("2026-11-22T12:00:00+09:00")
    run = CALLBACK.report(a_context(ti=TaskInstance("create"), dag_run=SimpleNamespace(run_after=run_after)))
    assert run.failures == (CREATE,)
    assert (run.table, run.owner, run.dag_id, run.run_id) == (TABLE, "growth", "nps_summary", "manual__1+0")
    assert run.run_at == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert (run.try_number, run.tries) == (2, 2)
    assert (run.log_url, run.log_is_run) == ("https://airflow/create", False)
    assert run.config_url == "https://github.com/acme/tables/blob/main/dag_configs/nps_summary.yaml"


def test_a_failure_counts_for_the_moment_in_which_the_run_ended() -> None:
    ended = datetime.fromisoformat("2026-11-22T12:07:00+09:00")
    run = SimpleNamespace(run_after=None, end_date=ended)
    assert CALLBACK.event(a_context(dag_run=run, reason="timed_out")).at == ended.astimezone(UTC)
    before = datetime.now(UTC)
    assert CALLBACK.event(a_context(reason="timed_out")).at >= before


def test_failures_come_in_the_order_of_the_dag(airflow_says: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://airflow.acme.com/")
    second = replace(CHECK, check="b")
    airflow_says.update({"input_check.a": asdict(CHECK), "input_check.b": asdict(second)})
    run = CALLBACK.report(a_context(ti=TaskInstance("input_check.a")))
    assert run.failures == (second, CHECK)
    assert (run.try_number, run.tries) == (0, 0)
    assert (run.log_url, run.log_is_run) == ("https://airflow.acme.com/dags/nps_summary/runs/manual__1%2B0", True)


def test_a_task_that_is_no_longer_in_the_dag(airflow_says: dict[str, Any]) -> None:
    airflow_says["input_check.gone"] = asdict(CHECK)
    assert CALLBACK.report(a_context()).failures == (CHECK,)


@pytest.mark.parametrize("record", [None, "text", {}, {"step": "create"}])
def test_a_killed_task_has_no_record(airflow_says: dict[str, Any], record: object) -> None:
    airflow_says["publish"] = record
    assert str(CALLBACK.report(a_context())) == (
        f"Publishing {TABLE} failed: the step `publish` ended before it could say why: its process was killed, ran out "
        "of memory or lost its machine, its file was broken when it began, or someone marked it as failed. "
        "The live table holds either the complete old build or the complete new one."
    )


def test_a_record_of_another_version(airflow_says: dict[str, Any]) -> None:
    airflow_says["create"] = {**asdict(CREATE), "new_field": 1}
    assert CALLBACK.report(a_context()).failures == (CREATE,)


def test_a_record_that_cannot_be_read(airflow_says: dict[str, Any]) -> None:
    airflow_says["create"] = RuntimeError("boom")
    assert str(CALLBACK.report(a_context())) == (
        f"Building {TABLE} failed: why the step `create` failed could not be read from Airflow; its log says it. "
        "The live table was not changed."
    )


def test_airflow_does_not_tell_which_tasks_failed(
    airflow_says: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed_task_ids(dag_id: str, run_id: str) -> list[str]:
        raise RuntimeError(dag_id + run_id)

    monkeypatch.setattr(callbacks, "failed_task_ids", failed_task_ids)
    airflow_says["create"] = asdict(CREATE)
    assert CALLBACK.report(a_context(ti=TaskInstance("create"))).failures == (CREATE,)
    assert CALLBACK.report(a_context()).failures == ()


def test_a_step_that_was_cleared_before_airflow_called_this(
    airflow_says: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "failed_task_ids", lambda *_: [])
    airflow_says["create"] = asdict(CREATE)
    context = a_context(ti=TaskInstance("create"))
    run = CALLBACK.report(context)
    assert (run.failures, run.log_url, run.log_is_run) == ((CREATE,), "https://airflow/create", False)
    # It begins anew.
    airflow_says["create"] = None
    assert str(CALLBACK.report(context)) == (
        f"Building {TABLE} failed: the step `create` was cleared before its failure was told; "
        "the log of its earlier try says why. The live table was not changed."
    )
    assert CALLBACK.report({**context, "reason": "timed_out"}).failures == ()


@pytest.mark.usefixtures("airflow_says")
def test_a_run_that_took_too_long() -> None:
    context = a_context(reason="timed_out", ti=TaskInstance("create"))
    assert str(CALLBACK.report(context)) == (
        f"The run of {TABLE} failed: it took longer than it may and was stopped. "
        "The live table holds either the complete old build or the complete new one."
    )


def line_twelve(failure: Failure | None) -> int:
    return 12 if failure else 0


def no_file(_failure: Failure | None) -> int:
    raise FileNotFoundError


def test_the_line_in_the_file(airflow_says: dict[str, Any]) -> None:
    airflow_says["create"] = asdict(CREATE)
    with_line = replace(CALLBACK, line_of=line_twelve).report(a_context())
    assert with_line.config_url == "https://github.com/acme/tables/blob/main/dag_configs/nps_summary.yaml#L12"
    without = replace(CALLBACK, line_of=no_file).report(a_context())
    assert without.config_url == "https://github.com/acme/tables/blob/main/dag_configs/nps_summary.yaml"
    nowhere = replace(CALLBACK, config=replace(CONFIG, settings=Settings()))
    assert nowhere.report(a_context()).config_url == ""


def scheduled(cron: str, *, catches_up: bool = False) -> SummaryTable:
    refresh = Refresh(start=datetime(2026, 1, 1, tzinfo=UTC)) if catches_up else Refresh()
    return replace(CONFIG.table, schedule=Schedule(cron=cron), refresh=refresh)


@pytest.mark.parametrize(("cron", "hour"), [("0 3 * * *", 3), ("@daily", 0)])
@pytest.mark.usefixtures("airflow_says")
def test_the_next_run(cron: str, hour: int) -> None:
    asked = datetime.now(UTC)
    following = FailureCallback(config=replace(CONFIG, table=scheduled(cron))).report(a_context()).next_run
    assert following is not None
    assert (following.due.hour, following.due.minute, following.is_late) == (hour, 0, False)
    assert following.due > asked


@pytest.mark.parametrize(
    ("run_type", "following"),
    [
        ("scheduled", NextRun(due=datetime(2026, 3, 3, 3, tzinfo=UTC), is_late=True)),
        ("manual", None),
        ("backfill", None),
    ],
)
@pytest.mark.usefixtures("airflow_says")
def test_the_next_run_of_a_table_that_catches_up(run_type: str, following: NextRun | None) -> None:
    run = SimpleNamespace(run_after=datetime(2026, 3, 2, 3, tzinfo=UTC), run_type=run_type)
    callback = FailureCallback(config=replace(CONFIG, table=scheduled("0 3 * * *", catches_up=True)))
    assert callback.report(a_context(dag_run=run)).next_run == following


@pytest.mark.parametrize("cron", ["", "0 0 31 2 *", "@once"])
@pytest.mark.usefixtures("airflow_says")
def test_no_next_run(cron: str) -> None:
    callback = FailureCallback(config=replace(CONFIG, table=scheduled(cron)))
    assert callback.report(a_context()).next_run is None


WARNING = replace(CHECK, step="output_check", is_warning=True)
WARN_CALLBACK = WarningCallback(
    config=replace(CONFIG, table=scheduled("0 3 * * *")),
    line_of=line_twelve,
    warn_task_ids=("output_check.a", "output_check.b", "output_check.c"),
)


def test_one_warning(airflow_warns: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://airflow.acme.com/")
    monkeypatch.setenv("AIRFLOW__API__INSTANCE_NAME", "production")
    airflow_warns["output_check.b"] = asdict(WARNING)
    run_after = datetime.fromisoformat("2026-11-22T12:00:00+09:00")
    asked = datetime.now(UTC)
    found = WARN_CALLBACK.report(a_context(dag_run=SimpleNamespace(run_after=run_after)))
    assert found is not None
    assert found.warnings == (WARNING,)
    assert (found.table, found.owner, found.environment) == (TABLE, "growth", "production")
    assert (found.dag_id, found.run_id) == ("nps_summary", "manual__1+0")
    assert found.run_at == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert found.next_run is not None
    assert (found.next_run.due.hour, found.next_run.due > asked) == (3, True)
    page = "https://airflow.acme.com/dags/nps_summary/runs/manual__1%2B0/tasks/output_check.b"
    assert (found.log_url, found.log_is_run) == (page, False)
    assert found.config_url == "https://github.com/acme/tables/blob/main/dag_configs/nps_summary.yaml#L12"


def test_several_warnings_of_which_one_cannot_be_read(airflow_warns: dict[str, Any]) -> None:
    second = replace(WARNING, check="c")
    airflow_warns["output_check.a"] = asdict(WARNING)
    airflow_warns["output_check.b"] = RuntimeError("boom")
    airflow_warns["output_check.c"] = asdict(second)
    found = WARN_CALLBACK.report(a_context())
    assert found is not None
    assert (found.warnings, found.log_is_run) == ((WARNING, second), True)


def test_nothing_is_sent_where_every_check_holds(
    airflow_warns: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks, "happened", lambda *_: pytest.fail("sent"))
    assert airflow_warns == {}
    WARN_CALLBACK(a_context())


def test_the_callback_can_be_copied_and_costs_no_version_of_the_dag() -> None:
    assert copy.deepcopy(CALLBACK) == CALLBACK
    assert pickle.loads(pickle.dumps(CALLBACK)) == CALLBACK
    dag = DAG("nps_summary", on_failure_callback=CALLBACK)
    assert DagSerialization.to_dict(dag)["dag"]["has_on_failure_callback"] is True


def test_dag_factory_takes_it_by_its_path() -> None:
    path = f"{FailureCallback.__module__}.{FailureCallback.__qualname__}"
    spec = {
        "start_date": "2000-01-01",
        "default_args": {"owner": "growth"},
        "on_failure_callback": {"callback": path, "config": CONFIG},
        "tasks": {"a": {"operator": "airflow.providers.standard.operators.empty.EmptyOperator"}},
    }
    dag = DagBuilder("nps_summary", spec, {}).build()["dag"]
    assert dag.on_failure_callback == FailureCallback(config=CONFIG)
