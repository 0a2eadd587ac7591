"""Brings PostgreSQL, the sample data and Airflow up, side by side where possible, and takes them down again."""

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from demo import airflow_environment, made_up_history, metadata, warehouse
from demo.airflow_environment import Folders, Secrets
from demo.airflow_services import AirflowServices, stop_session
from demo.embedded_postgres import EmbeddedPostgres
from demo.port_reservation import reserved_port
from demo.processes import ends_within
from demo.progress import Progress
from demo.rest_client import RestClient
from demo.sample_load import SampleLoad
from demo.state import State, write_private

REPOSITORY = Path(__file__).parents[1]
PREFERRED_PORT = 8080
LEFTOVER_SECONDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All that is up. `since` is the moment from which on runs are this demo's."""

    server: EmbeddedPostgres
    roles: warehouse.Roles
    services: AirflowServices
    api: RestClient
    since: datetime
    address: str
    secrets: Secrets


def set_stage(state: State, progress: Progress, stack: ExitStack, nps_rows: str) -> Stage:
    """Starts everything; closing `stack` stops it. `nps_rows` cuts the table raw_data.nps; empty: all rows.

    Raises DemoError or PostgresError.
    """
    clear_leftovers(state, progress)
    if state.prepare():
        progress.say(f"{state.home} was made by another version of the demo and has been made anew.")
    with progress.step("Starting PostgreSQL ...", "PostgreSQL is up"):
        server = EmbeddedPostgres(state.postgres)
        stack.callback(server.stop)
        server.start()
        roles, password = warehouse.set_up(server), metadata.set_up(server)
    address = f"http://127.0.0.1:{stack.enter_context(reserved_port(PREFERRED_PORT))}"
    environment = write_environment(state, server, roles, password, address)
    stage = Stage(
        server=server,
        roles=roles,
        services=AirflowServices(environment, state.airflow, state.logs, server.pid or 0),
        api=RestClient(address, airflow_environment.USER, state.secrets().admin_password),
        since=datetime.now(UTC),
        address=address,
        secrets=state.secrets(),
    )
    stack.callback(state.forget_running)
    stack.callback(stage.services.stop)
    state.write_running(stage.services.mark, address)
    uri = server.uri(warehouse.DATABASE, "loader", roles.loader)
    load = SampleLoad(uri, nps_rows, state.logs / "sample-data.log", environment)
    stack.callback(load.stop)
    start_airflow(stage, load, progress)
    return stage


def clear_leftovers(state: State, progress: Progress) -> None:
    """Ends what a killed demo left running: its launcher stops everything by itself, unless that was killed as well."""
    leftover = state.leftover()
    if leftover is None:
        return
    progress.doing("Waiting for the processes of a killed demo to end ...")
    ends_within(leftover, LEFTOVER_SECONDS)
    stopped = stop_session(leftover, state.airflow)
    EmbeddedPostgres(state.postgres).clear_leftovers()
    state.forget_running()
    rest = f"; {stopped} of its processes still ran and were stopped" if stopped else ""
    progress.say(f"The demo before this one was killed{rest}.")


def write_environment(
    state: State, server: EmbeddedPostgres, roles: warehouse.Roles, password: str, address: str
) -> dict[str, str]:
    """Writes Airflow's set-up for the services, whose environment is returned, and for a person's shell."""
    folders = Folders(repository=REPOSITORY, home=state.airflow, data=state.data)
    variables = airflow_environment.airflow_environment(
        folders,
        state.secrets(),
        address=address,
        metadata_uri=airflow_environment.metadata_uri(server, password),
        warehouse_connection=airflow_environment.warehouse_connection(server, roles),
    )
    of_person = {**variables, "DEMO_WAREHOUSE": server.uri(warehouse.DATABASE, "builder", roles.builder)}
    write_private(state.env_sh, airflow_environment.env_sh_text(of_person, Path(sys.executable).parent))
    write_private(folders.passwords, airflow_environment.passwords_text(state.secrets()))
    return airflow_environment.merged_with_callers(variables)


def start_airflow(stage: Stage, load: SampleLoad, progress: Progress) -> None:
    """Side by side as far as possible: the API server imports for seconds, and DAGs are read, while the data is loaded.

    The scheduler comes last: the first tasks start within its first second, and need the data and the API server.
    """
    started = time.monotonic()
    services = stage.services
    progress.doing("Loading Airflow and the sample data ...")
    services.run("db-migrate", ["db", "migrate"])
    services.start("api-server")
    services.finish("db-migrate")
    progress.done("Airflow's own tables are made", time.monotonic() - started)
    services.start("dag-processor")
    services.wait_until(load.is_done, what="Loading the sample data")
    progress.done(f"The sample data is loaded: {load.rows()}", load.seconds)
    with stage.server.connect(warehouse.DATABASE, "builder", stage.roles.builder) as session:
        made_up_history.write(session, REPOSITORY / "dag_configs", stage.since)
    progress.doing("Starting Airflow's API server, scheduler and DAG processor ...")
    services.wait_until(stage.api.answers, what="Starting the API server")
    services.start("scheduler")
    services.start("triggerer")
    services.wait_until(stage.api.is_healthy, what="Starting Airflow")
    progress.done(f"Airflow is up: {stage.address}", time.monotonic() - started)
