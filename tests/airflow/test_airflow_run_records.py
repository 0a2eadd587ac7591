"""The alert of a toy DAG whose run fails on a real Airflow: in `airflow dags test` and in the DAG processor's child."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fake_slack import TOKEN, FakeSlack, fake_slack

TABLE = "analytics.nps_summary"
TOLD = (
    f'Input check "first" of {TABLE} failed: expected 1, got 0. Input check {TABLE} failed: the step '
    "`input_check.second` was ended from outside: its process was killed, ran out of memory or lost its machine, "
    "or someone marked it as failed."
)

TOY_DAG = """
from dataclasses import asdict
from datetime import timedelta
from airflow.sdk import DAG, TaskGroup, task
from summary_tables.airflow_callback import FailureNotifier
from summary_tables.failure import XCOM_KEY, Failure

def failure(**facts):
    return asdict(Failure(step="input_check", table="analytics.nps_summary", **facts))

notifier = FailureNotifier(full_name="analytics.nps_summary", owner="growth")
retry = {"retries": 1, "retry_delay": timedelta(seconds=0)}
with DAG("nps_summary", on_failure_callback=notifier, default_args=retry):
    with TaskGroup("input_check") as input_check:
        @task
        def first(ti=None):
            ti.xcom_push(key=XCOM_KEY, value=failure(check="first", expected="1", actual="0"))
            raise ValueError

        @task
        def second(ti=None):
            if ti.try_number == 1:
                ti.xcom_push(key=XCOM_KEY, value=failure(error="Only the last try counts."))
            raise ValueError

        first() >> second.override(trigger_rule="all_done")()

    @task
    def create():
        pass

    input_check >> create()
"""

# What the scheduler asks of the DAG processor; it leaves out the task and the run when they are from an older Airflow.
CALL_BACK = """
from airflow.callbacks.callback_requests import DagCallbackRequest, DagRunContext
from airflow.callbacks.database_callback_sink import DatabaseCallbackSink
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from sqlalchemy import select

def request(run, context):
    return DagCallbackRequest(
        filepath="toy.py", dag_id=run.dag_id, run_id=run.run_id, bundle_name="dags-folder", bundle_version=None,
        context_from_server=context, is_failure_callback=True, msg="task_failure",
    )

with create_session() as session:
    run = session.scalars(select(DagRun)).one()
    full = DagRunContext(dag_run=run, last_ti=run.get_task_instance("input_check.second"))
    requests = [request(run, full), request(run, None)]
for each in requests:
    DatabaseCallbackSink().send(each)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An Airflow of its own on SQLite, in which one run of the toy DAG has failed."""
    home = tmp_path_factory.mktemp("airflow")
    (home / "dags").mkdir()
    (home / "dags" / "toy.py").write_text(TOY_DAG)
    settings = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "DEBUG",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "0",
        "no_proxy": "127.0.0.1",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    found = {**inherited, **settings}
    said(found, "airflow", "db", "migrate")
    return found


@pytest.fixture(scope="module")
def dags_test(environment: Mapping[str, str]) -> str:
    """What `airflow dags test` says; afterwards the failed run stands in the database."""
    return said(environment, "airflow", "dags", "test", "nps_summary", "2026-11-22")


def said(environment: Mapping[str, str], program: str, *arguments: str) -> str:
    """Runs a program of this virtual environment; everything it printed."""
    path = Path(sys.executable).with_name(program)
    ended = subprocess.run(
        [path, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    return ended.stdout + ended.stderr


def said_until_two_messages(environment: Mapping[str, str], slack: FakeSlack) -> str:
    """Runs the DAG processor until `slack` has got two messages or two minutes are over; everything it printed."""
    program = Path(sys.executable).with_name("airflow")
    printed = Path(environment["AIRFLOW_HOME"], "printed.txt")
    with printed.open("w") as file:
        run = subprocess.Popen([program, "dag-processor"], env=environment, stdout=file, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 120
        while len(slack.messages) < 2 and time.monotonic() < deadline and run.poll() is None:
            time.sleep(0.1)
        end(run)
    return printed.read_text()


def end(run: subprocess.Popen[bytes]) -> None:
    """Politely, then not: the DAG processor may hang when it is stopped while a child of it ends."""
    run.terminate()
    try:
        run.wait(timeout=15)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()


@pytest.mark.end_to_end
def test_dags_test_prints_the_message(dags_test: str) -> None:
    assert dags_test.count(f"{TOLD}\nSlack is not set up here: ") == 1


@pytest.mark.end_to_end
@pytest.mark.usefixtures("dags_test")
def test_the_dag_processor_sends_the_message_and_says_no_secret(environment: Mapping[str, str]) -> None:
    said(environment, "python", "-c", CALL_BACK)
    with fake_slack() as slack:
        printed = said_until_two_messages({**environment, "AIRFLOW_VAR_SLACK_URL": slack.url}, slack)
    assert [message["text"] for message in slack.messages] == [TOLD, TOLD]
    logs = [path.read_text() for path in Path(environment["AIRFLOW_HOME"], "logs").rglob("*.log")]
    assert any("dag callback" in log for log in logs)
    assert [text for text in [printed, *logs] if TOKEN in text] == []
