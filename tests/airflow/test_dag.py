"""From a folder of files to DAGs: what is built, what is refused, and that one never harms the other."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from airflow import settings
from airflow.exceptions import AirflowClusterPolicyViolation
from airflow.policies import hookimpl
from airflow.sdk import DAG, AssetAll, CronDataIntervalTimetable
from airflow.serialization.serialized_objects import DagSerialization

from summary_tables.airflow.dag import build_dag, build_folder, dags_to_parse
from summary_tables.configs import config
from summary_tables.sql import select_only
from tests.conftest import REPOSITORY

GOOD = "table: {name}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    for name in ("a", "b", "c", "d"):
        (found / f"{name}.yaml").write_text(GOOD.format(name=name))
    return found


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in build_folder(folder).problems]


def test_the_repository_builds_its_three_tables() -> None:
    built = build_folder()
    assert built.problems == ()
    assert {"channel_summary", "mau_summary", "nps_summary"} <= set(built.dags)


def test_one_bad_file_takes_no_other_dag_away_and_is_named(folder: Path) -> None:
    (folder / "e.yaml").write_text(GOOD.format(name="e") + "ouput_check: []\n")
    assert list(build_folder(folder).dags) == ["a", "b", "c", "d"]
    assert problems(folder) == [
        "dag_configs/e.yaml:4:1: error[unknown-key] `ouput_check` is not a key of this file; "
        "fix: rename it to `output_check`"
    ]


def test_cron_that_airflow_refuses_is_a_problem_of_its_file(folder: Path) -> None:
    (folder / "e.yaml").write_text(GOOD.format(name="e") + 'schedule: "61 * * * *"\n')
    assert list(build_folder(folder).dags) == ["a", "b", "c", "d"]
    assert problems(folder) == ["dag_configs/e.yaml:4:12: error[cron] minute 61 does not exist (0-59)"]


def test_date_that_never_comes_is_a_problem_of_its_file(folder: Path) -> None:
    (folder / "e.yaml").write_text(GOOD.format(name="e") + 'schedule: "0 0 30 2 *"\n')
    assert list(build_folder(folder).dags) == ["a", "b", "c", "d"]
    assert problems(folder) == [
        "dag_configs/e.yaml:4:16: error[cron] 30 February never comes; "
        "fix: `L` instead of the day is the last day of the month"
    ]


def test_file_on_which_the_checks_themselves_fail_spares_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_sql: str, _dialect: str) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(select_only, "violation", broken)
    assert build_folder(folder).problems[0].message == (
        "checking the file failed (ZeroDivisionError: oops); that is a mistake of the program"
    )


def test_two_files_for_one_table_are_a_problem_and_the_rightly_named_one_is_built(folder: Path) -> None:
    (folder / "other.yaml").write_text(GOOD.format(name="a"))
    assert list(build_folder(folder).dags) == ["a", "b", "c", "d"]
    assert problems(folder) == [
        "dag_configs/other.yaml:1:8: error[file-name] the file other.yaml is not called after its table `a`; "
        "fix: dag_configs/a.yaml already builds it: delete this file, or give its table another name"
    ]


def left_out(tables: str) -> str:
    return f"; until that is mended, what {tables} need is not known, and Airflow does not run them"


ALL = left_out("analytics.a, analytics.b, analytics.c and analytics.d")


@pytest.mark.parametrize(
    ("defaults", "dags", "samples", "said"),
    [
        (
            "retires: 3\n",
            "d",
            False,
            "1:1: error[unknown-key] `retires` is not a key of this file"
            f"{left_out('analytics.a, analytics.b and analytics.c')}; fix: rename it to `retries`",
        ),
        (
            "retries: 3\nschedule: CRON_TZ=Asia/Seoul @daily\n",
            "c",
            True,
            "2:19: error[cron] the time zone `Asia/Seoul` cannot stand here: the key `timezone` says in which a "
            "schedule is"
            f'{left_out("analytics.a, analytics.b and analytics.d")}; fix: write `schedule: "@daily"` and, on a line '
            "of "
            "its own, `timezone: Asia/Seoul`",
        ),
        (
            "grants: {select: 5}\ntimeout_minutes: -1\n",
            "c",
            True,
            "1:18: error[value] `select` must be a list (lines that begin with `- `), not the number 5"
            f"{left_out('analytics.a, analytics.b and analytics.d')}",
        ),
        (
            "samples: no\n",
            "abcd",
            False,
            '1:10: error[value] `samples` must be true or false, not the text "no"; fix: write `false`',
        ),
        (
            "sampels: false\n",
            "abcd",
            False,
            "1:1: error[unknown-key] `sampels` is not a key of this file; fix: rename it to `samples`",
        ),
        (
            "slack: {con_id: x, mention: <!here>}\n",
            "abcd",
            True,
            "1:9: error[unknown-key] `con_id` is not a key of `slack`; fix: rename it to `conn_id`",
        ),
        (
            "owners: x\nrepository: x\n",
            "abcd",
            True,
            "1:9: error[value] `owners` must be a list (lines that begin with `- `) or `key: value` lines, not the "
            'text "x"; '
            "fix: write `owners: [x]`",
        ),
        (
            "warehouse: {dialect: oracle}\n",
            "",
            True,
            f'1:22: error[value] `dialect` is "oracle"; it can be `postgres`, `redshift`{ALL}',
        ),
        (
            "warehose: {dialect: redshift}\n",
            "",
            True,
            f"1:1: error[unknown-key] `warehose` is not a key of this file{ALL}; fix: rename it to `warehouse`",
        ),
        ("- owner\n", "", True, f"1:1: error[shape] a config is `key: value` lines, not a list{ALL}"),
    ],
)
def test_broken_defaults_take_only_those_away_that_need_what_is_broken(
    defaults: str, dags: str, samples: bool, said: str, folder: Path
) -> None:
    (folder / "c.yaml").write_text(GOOD.format(name="c") + "schedule: none\ngrants: {select: []}\ntimeout_minutes: 5\n")
    (folder / "d.yaml").write_text(GOOD.format(name="d") + "retries: 2\n")
    (folder / "defaults.yaml").write_text(defaults)
    built = build_folder(folder)
    assert "".join(sorted(built.dags)) == dags
    assert str(built.problems[0]) == f"dag_configs/defaults.yaml:{said}"
    # A running task reads the file unchecked: it comes to the same, and shows no value that it may not show.
    for dag_id in dags:
        found = config.read(dag_id, folder)
        assert found.settings.samples is samples
        assert build_dag(found).task_ids == built.dags[dag_id].task_ids


class Policies:
    """A site's cluster policies: one refuses a DAG, one makes another impossible to serialize."""

    @staticmethod
    @hookimpl
    def dag_policy(dag: DAG) -> None:
        if dag.dag_id == "b":
            raise AirflowClusterPolicyViolation("every table needs a cost centre")
        dag.tags.add("seen by policy")

    @staticmethod
    @hookimpl
    def task_policy(task: Any) -> None:
        if task.dag_id == "c":
            task.retry_delay = "soon"


@pytest.fixture
def policies() -> Iterator[None]:
    manager = settings.get_policy_plugin_manager()
    manager.register(Policies)
    yield
    manager.unregister(Policies)


@pytest.mark.usefixtures("policies")
def test_policy_that_refuses_or_spoils_one_dag_spares_the_others(folder: Path) -> None:
    built = build_folder(folder)
    assert list(built.dags) == ["a", "d"]
    refused, spoilt = map(str, built.problems)
    assert refused == (
        "dag_configs/b.yaml: error[airflow] Airflow does not accept the DAG of analytics.b: every table needs a cost "
        "centre; fix: change what it names; if that is not in this file, ask those who run Airflow"
    )
    assert spoilt.startswith("dag_configs/c.yaml: error[airflow] Airflow does not accept the DAG of analytics.c: ")
    # Airflow runs the policies itself afterwards: here they must not have touched what it gets.
    assert built.dags["a"].tags == {"analytics"}


def test_cron_means_a_data_interval(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD.format(name="a") + 'schedule: "@daily"\n')
    assert isinstance(build_folder(folder).dags["a"].timetable, CronDataIntervalTimetable)


def test_table_that_waits_is_scheduled_by_the_assets_that_the_others_publish(folder: Path) -> None:
    (folder / "d.yaml").write_text(GOOD.format(name="d") + "schedule: {after: [analytics.a, analytics.b]}\n")
    dags = build_folder(folder).dags
    published = [outlet for dag_id in "ab" for outlet in dags[dag_id].get_task("publish").outlets]
    condition = dags["d"].timetable.asset_condition
    assert isinstance(condition, AssetAll)
    assert list(condition.objects) == published


def test_dag_factory_cannot_tell_its_makers(folder: Path) -> None:
    from dagfactory.listeners.runtime_event import is_dagfactory_dag

    assert [dag_id for dag_id, dag in build_folder(folder).dags.items() if is_dagfactory_dag(dag)] == []


def test_the_same_config_gives_the_same_dag_version(folder: Path) -> None:
    first, second = (DagSerialization.to_dict(build_folder(folder).dags["a"]) for _ in range(2))
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


def test_running_task_reads_its_own_file_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", "b")
    for name in ("a", "c", "d"):
        (folder / f"{name}.yaml").unlink()
        (folder / f"{name}.yaml").mkdir()
    assert list(dags_to_parse(folder)) == ["b"]


def test_parsing_context_of_a_foreign_dag_builds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", "somebody_elses")
    assert dict(dags_to_parse(folder)) == {}


RUNNING_TASK = """
import sys
from summary_tables.airflow.dag import dags_to_parse
assert list(dags_to_parse()) == ["nps_summary"]
print(sorted({"summary_tables.configs.schema.check", "sqlglot", "fastapi"} & set(sys.modules)))
"""


def test_running_task_imports_no_validator_and_no_sql_parser() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUNNING_TASK],
        env={**_environment(), "_AIRFLOW_PARSING_CONTEXT_DAG_ID": "nps_summary"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


OFFLINE = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("parsing opens a connection")
socket.socket.connect = refuse
from airflow.sdk import BaseHook, Connection, Variable
Connection.get = Variable.get = BaseHook.get_connection = refuse
from summary_tables.sql import select_only
from summary_tables.airflow.dag import build_folder
assert len(build_folder().dags) >= 3
"""


def test_parsing_touches_no_database_connection_or_variable() -> None:
    subprocess.run([sys.executable, "-c", OFFLINE], env=_environment(), check=True)


def test_importing_dag_factory_prints_nothing() -> None:
    code = "import airflow; print('---', flush=True); import summary_tables.airflow.dag_factory"
    done = subprocess.run(
        [sys.executable, "-c", code], env=_environment(), check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.stdout.decode().partition("---\n")[2] == ""


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugins")}
