"""A whole deployment on this machine: PostgreSQL, all of Airflow's services, a Slack and a Google."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
import yaml

from demo import airflow_environment, metadata, sample_data, warehouse
from demo.airflow_environment import Folders
from demo.airflow_services import PATIENCE_SECONDS, AirflowServices
from demo.embedded_postgres import EmbeddedPostgres
from demo.port_reservation import reserved_port
from demo.rest_client import RestClient, Run
from demo.state import State, write_private
from tests.cheap_logins import CHEAP_LOGINS, make_superusers_cheap
from tests.conftest import REPOSITORY
from tests.fake_google.server import FakeGoogle, fake_google
from tests.fake_slack import FakeSlack, fake_slack
from tests.fake_slack_api import BOT_TOKEN

WATCH_FILE = "summary_tables_watch.py"
# Each question costs the API server a fiftieth of a second of a core, and Airflow's database next to nothing.
ASKED_EVERY_SECONDS = 0.4
LOOKED_AT_EVERY_SECONDS = 0.1
SLACK_VARIABLE = "AIRFLOW_CONN_SLACK_DEFAULT"
BOT_VARIABLE = "AIRFLOW_CONN_SLACK_BOT"
GOOGLE_VARIABLE = "AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT"
# Each task and each reading of the DAG files is a fork of a process that has imported them.
PRELOADED = (
    "summary_tables.airflow.dag",
    "summary_tables.airflow.folder_problems",
    "summary_tables.airflow.notifiers.slack.notifier",
    "summary_tables.airflow.operators.build",
    "summary_tables.airflow.operators.check",
    "summary_tables.airflow.watch.round",
    "summary_tables.lint.build_check",
    "tests.end_to_end.read_library",
)
SETTINGS = {
    # At rest the scheduler asks the database this often, and needs little else.
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.4",
    # How soon a DAG that is no longer in its file is gone, which some tests wait for.
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": "3",
    "AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL": "2",
    # The DAG files are read when a test asks for it, else seldom.
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "20",
    # How often a run that waits is looked after: as often as it can be.
    "AIRFLOW__SUMMARY_TABLES__POLL_SECONDS": "5",
    # How long a task may wait for the API server, and a callback may take: the machine runs other tests as well.
    "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "300",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What a test needs of it. `configs` is the folder of configs, which the tests fill.

    `metadata` is a session in Airflow's own database, which is looked at to know when the API is worth a question.
    """

    root: Path
    server: EmbeddedPostgres
    metadata: psycopg.Connection
    roles: warehouse.Roles
    services: AirflowServices
    api: RestClient
    slack: FakeSlack
    google: FakeGoogle

    @property
    def configs(self) -> Path:
        return self.root / "dag_configs"

    def add(self, name: str, **keys: Any) -> Path:
        """Writes a config: one of the repository's if there is one of that name, else the smallest there is.

        A key that is None is left out.
        """
        known = REPOSITORY / "dag_configs" / f"{name}.yaml"
        smallest = {"table": name, "schema": "analytics", "main_sql": "SELECT 1 AS one", "schedule": "none"}
        data = yaml.safe_load(known.read_text("utf-8")) if known.exists() else smallest
        given = {key: value for key, value in (data | keys).items() if value is not None}
        path = self.write(f"{name}.yaml", yaml.safe_dump(given, allow_unicode=True, sort_keys=False))
        self.ask_for_reading()
        return path

    def write(self, name: str, text: str) -> Path:
        """Writes a file of the configs at once: Airflow may read them at any moment, and would read half of it."""
        unfinished, path = self.root / f"{name}.unfinished", self.configs / name
        unfinished.write_text(text, "utf-8")
        return unfinished.replace(path)

    def ask_for_reading(self) -> None:
        """Has the configs read within a second or so: a DAG file that looks changed does not wait its turn."""
        for path in (self.root / "dags").iterdir():
            path.touch()

    def remove_all(self) -> None:
        for path in self.configs.glob("*"):
            if path.name != "defaults.yaml":
                path.unlink()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows, as the warehouse's superuser."""
        with self.server.connect(warehouse.DATABASE) as session:
            return session.execute(sql.encode()).fetchall()

    def execute(self, sql: str) -> None:
        with self.server.connect(warehouse.DATABASE) as session:
            session.execute(sql.encode())

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Until `condition` holds; an error that says `what` was waited for if it never does."""
        self.services.wait_until(lambda: bool(condition()), PATIENCE_SECONDS, what, ASKED_EVERY_SECONDS)

    def await_row(self, sql: str, values: tuple[object, ...], what: str) -> None:
        """Until Airflow's database has a row of the query."""

        def is_there() -> bool:
            return bool(self.metadata.execute(sql.encode(), values).fetchall())

        self.services.wait_until(is_there, PATIENCE_SECONDS, what, LOOKED_AT_EVERY_SECONDS)

    def has_dags(self, *dag_ids: str) -> None:
        """Waits until Airflow has read them since it was asked to.

        One of a test before, whose file was gone in between, is there until Airflow sees that, and then for a moment
        it is not.
        """
        asked = datetime.fromtimestamp(max(path.stat().st_mtime for path in (self.root / "dags").glob("*.py")), UTC)
        is_read = "SELECT 1 FROM dag WHERE dag_id = %s AND NOT is_stale AND last_parsed_time >= %s"
        for dag_id in dag_ids:
            self.await_row(is_read, (dag_id, asked), f"The DAG {dag_id}")
        self.wait(lambda: all(self.api.has_dag(dag_id) for dag_id in dag_ids), f"The DAGs {dag_ids}")

    def run(self, dag_id: str) -> Run:
        """Starts a run of a DAG, waits for its end and returns it."""
        before = {run.run_id for run in self.api.runs(dag_id)}
        self.api.trigger(dag_id)
        return self.new_run(dag_id, before)

    def new_run(self, dag_id: str, before: set[str]) -> Run:
        """Waits for a run that is not among `before`, and for its end."""
        found: list[Run] = []

        def ended() -> bool:
            found[:] = [run for run in self.api.runs(dag_id) if run.run_id not in before]
            return bool(found) and found[0].state in ("success", "failed")

        newest = "SELECT state FROM dag_run WHERE dag_id = %s AND NOT run_id = ANY(%s) ORDER BY id DESC LIMIT 1"
        is_over = f"SELECT FROM ({newest}) AS newest WHERE state IN ('success', 'failed')"
        self.await_row(is_over, (dag_id, [*before]), f"A run of {dag_id}")
        self.wait(ended, f"A run of {dag_id}")
        return found[0]

    def states(self, run: Run) -> dict[str, str]:
        return {step.task_id: step.state for step in self.api.steps(run)}

    def messages_about(self, table: str) -> list[dict[str, Any]]:
        """What Slack was told about a table."""
        return [message for message in self.slack.messages if table in message["text"]]

    def logs(self) -> dict[Path, str]:
        """All of them as they are now. They are still written, and may end within a letter."""
        return {path: path.read_text("utf-8", errors="replace") for path in self.root.rglob("*.log")}

    def settle(self, seconds: float = 4) -> None:
        """Gives a second message, which must not come, the time to come."""
        time.sleep(seconds)


@contextmanager
def deployment(root: Path) -> Iterator[Deployment]:
    """Starts everything, with this repository's DAG files and sample data; stops it at the end."""
    write_project(root)
    with ground(root) as found:
        found.services.start("api-server")
        with found.server.connect(warehouse.DATABASE, "loader", found.roles.loader) as session:
            sample_data.load(session)
        start_airflow(found)
        yield found


@contextmanager
def deployed(root: Path, python: str) -> Iterator[Deployment]:
    """Starts everything for the repository in `root`, which may have run before; stops it at the end.

    `python` is that of the environment in which Airflow and the library are installed.
    """
    with ground(root, python) as found:
        found.services.start("api-server")
        start_airflow(found)
        yield found


@contextmanager
def ground(root: Path, python: str = sys.executable) -> Iterator[Deployment]:
    """PostgreSQL, and Airflow's database in the making (`db-migrate`); no service of Airflow runs yet."""
    with ExitStack() as stack:
        slack = stack.enter_context(fake_slack())
        google = stack.enter_context(fake_google())
        server = stack.enter_context(EmbeddedPostgres(root / "postgres", settings=CHEAP_LOGINS))
        make_superusers_cheap(server)
        roles, metadata_password = warehouse.set_up(server), metadata.set_up(server)
        state = State(root / "state")
        state.lock()
        stack.callback(state.unlock)
        state.prepare()
        secrets = state.secrets()
        address = f"http://127.0.0.1:{stack.enter_context(reserved_port())}"
        folders = Folders(repository=root, home=state.airflow, data=state.data)
        variables = airflow_environment.airflow_environment(
            folders,
            secrets,
            address=address,
            metadata_uri=airflow_environment.metadata_uri(server, metadata_password),
            warehouse_connection=airflow_environment.warehouse_connection(server, roles),
        )
        write_private(folders.passwords, airflow_environment.passwords_text(secrets))
        connections = {
            SLACK_VARIABLE: slack_connection(slack),
            BOT_VARIABLE: bot_connection(slack),
            GOOGLE_VARIABLE: google_connection(google),
        }
        environment = airflow_environment.merged_with_callers(variables | SETTINGS | connections)
        services = AirflowServices(environment, state.airflow, state.logs, server.pid or 0, python, PRELOADED)
        stack.callback(services.stop)
        services.run("db-migrate", ["db", "migrate"])
        api = RestClient(address, airflow_environment.USER, secrets.admin_password)
        yield Deployment(
            root=root,
            server=server,
            metadata=stack.enter_context(server.connect(airflow_environment.METADATA_DATABASE)),
            roles=roles,
            services=services,
            api=api,
            slack=slack,
            google=google,
        )


def start_airflow(found: Deployment) -> None:
    """Starts what needs Airflow's database, and waits until all answers; the API server has been started before.

    Who needs a triggerer, which is never at rest, starts it.
    """
    found.services.finish("db-migrate")
    found.services.start("scheduler")
    found.services.start("dag-processor")
    # First asked by a task, the part that serves tasks may take longer to load than the task waits.
    found.services.wait_until(found.api.answers, what="Starting the API server")
    found.services.wait_until(lambda: is_healthy(found.api), what="Starting Airflow")


def is_healthy(api: RestClient) -> bool:
    """False while nothing answers."""
    try:
        return api.is_healthy()
    except OSError:
        return False


def slack_connection(slack: FakeSlack) -> str:
    """The Airflow connection of the fake Slack."""
    host, _, token = slack.url.partition("/services/")
    return json.dumps({"conn_type": "slackwebhook", "host": f"{host}/services", "password": token})


def bot_connection(slack: FakeSlack) -> str:
    """The Airflow connection of a bot in the fake Slack."""
    return json.dumps({"conn_type": "slack", "password": BOT_TOKEN, "extra": {"base_url": slack.api_url}})


def google_connection(google: FakeGoogle) -> str:
    """The Airflow connection of a service account of the local Google."""
    extra = {"keyfile_dict": google.account(), "sheets_endpoint": google.base_url}
    return json.dumps({"conn_type": "google_cloud_platform", "extra": extra})


def write_project(root: Path) -> None:
    """The repository's DAG files and plugin over a folder of configs that the tests own."""
    configs = root / "dag_configs"
    configs.mkdir()
    (root / "plugins").mkdir()
    for path in (REPOSITORY / "plugins").glob("*.py"):
        shutil.copy(path, root / "plugins")
    # What warns is told once a day: not while the tests run.
    told = datetime.now(UTC) + timedelta(hours=12)
    (configs / "defaults.yaml").write_text(
        "retries: 1\nretry_delay_minutes: 0.02\nrepository: https://git.example.com/tables/blob/main\n"
        f'alerts: {{digest_at: "{told:%H}:00"}}\n'
    )
    (root / "dags").mkdir()
    for path in (REPOSITORY / "dags").glob("*.py"):
        # What it tells, and when, would be for each test to expect.
        if path.name != WATCH_FILE:
            shutil.copy(path, root / "dags")


def kill_task(deployment: Deployment, run: Run, task_id: str) -> None:
    """`kill -9` of the process that runs a task now."""
    path = f"/dags/{quote(run.dag_id)}/dagRuns/{quote(run.run_id)}/taskInstances/{quote(task_id)}"
    title = f"airflow worker -- {deployment.api.get(path)['id']}"

    def killed() -> bool:
        found = [
            process for process in psutil.process_iter(["cmdline"]) if title in " ".join(process.info["cmdline"] or ())
        ]
        for process in found:
            process.kill()
        return bool(found)

    deployment.wait(killed, f"The process of {task_id}")
