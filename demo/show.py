"""What happens on the stage: Airflow's scheduler builds the tables, and the person sees them."""

import time
from textwrap import indent

from demo import report, warehouse
from demo.airflow_environment import USER
from demo.problem import DemoError
from demo.progress import Progress
from demo.stage import Stage
from demo.state import State
from demo.summary_runs import RunWatch

TABLES = ("mau_summary", "channel_summary", "nps_summary")
DAGS_COME_WITHIN = 60
"""Where Airflow reports a broken file, whose words are wanted soon."""
SLOW_DAGS_COME_WITHIN = 600
"""Where it reports none: the machine may be busy."""


def build(stage: Stage, progress: Progress) -> list[RunWatch]:
    """Waits until the run of every table has ended, and says how. Raises DemoError when Airflow has no such DAG."""
    watches = [RunWatch(api=stage.api, dag_id=table, since=stage.since) for table in TABLES]
    started = time.monotonic()

    def all_ended() -> bool:
        for watch in watches:
            if watch.outcome is None and watch.look():
                progress.done(ending_text(watch))
        progress.doing(" | ".join(f"{watch.dag_id}: {watch.doing}" for watch in watches if watch.outcome is None))
        missing = [watch.dag_id for watch in watches if not watch.has_dag]
        seconds = time.monotonic() - started
        if missing and seconds > DAGS_COME_WITHIN:
            errors = stage.api.import_errors()
            if errors or seconds > SLOW_DAGS_COME_WITHIN:
                raise DemoError(missing_text(missing, errors, round(seconds)))
        return all(watch.outcome for watch in watches)

    stage.services.wait_until(all_ended, seconds=900, what="Building the tables", every=0.7)
    return watches


def ending_text(watch: RunWatch) -> str:
    """One line for a table that was published, and what the log says for one that was not."""
    assert watch.outcome
    if watch.outcome.words:
        return f"{watch.dag_id} was not built:\n{indent(watch.outcome.words, '    ')}"
    return f"{watch.dag_id} is published"


def missing_text(missing: list[str], errors: list[str], seconds: int) -> str:
    """Why Airflow does not know a DAG."""
    words = "\n".join(errors) or "It reports no broken file; see dag-processor.log."
    return f"Airflow has found no DAG for {', '.join(missing)} within {seconds} seconds.\n{words}"


def present(stage: Stage, watches: list[RunWatch], progress: Progress) -> bool:
    """Shows every table that was built, read as a dashboard would. True if all of them were built and have rows."""
    shown = 0
    with stage.server.connect(warehouse.DATABASE, "reader", stage.roles.reader) as session:
        for watch in watches:
            if watch.outcome and not watch.outcome.words:
                found = report.preview(session, watch.dag_id)
                progress.say("\n" + report.table_text(found, watch.outcome))
                shown += found.rows > 0
    return shown == len(watches)


def welcome(stage: Stage, state: State, progress: Progress) -> None:
    """Says where to look and how to stop."""
    progress.say("\n" + report.welcome_text(stage.address, USER, stage.secrets.admin_password, str(state.env_sh)))


def stay(stage: Stage, progress: Progress) -> None:
    """Until a signal comes, or a service ends by itself (DemoError)."""
    progress.say("\nEverything stays up until you press Ctrl-C.")
    progress.doing("Up; Ctrl-C stops everything")
    stage.services.wait_until(lambda: False, seconds=float("inf"), every=1)
