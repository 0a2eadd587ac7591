"""The DAG of the watch: one task, every few minutes."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from airflow.sdk import DAG, CronDataIntervalTimetable, get_parsing_context
from airflow.sdk.configuration import conf

from summary_tables.airflow.watch.watch_operator import WatchOperator

DAG_ID: Final = "summary_tables_watch"
"""Where several repositories lie below one folder that Airflow reads, the name of each stands behind it."""

_ROOT: Final = Path("/")
_EVERY: Final = "*/5 * * * *"
_DOCS: Final = """\
Looks every five minutes whether each summary table is there when its file says (`fresh_by`, `fresh_within`), and
whether each file can be used; tells people what they want to hear of it, and what could not be told before.

Paused, it tells nobody: not what is late, no reminder, and no message that a Slack which was away has missed.
"""


def watch_dag(folder: Path) -> DAG:
    """Of the folder of configs."""
    with DAG(
        dag_id=dag_id_of(folder.parent),
        description="Tells people of tables that are late and of files that are broken",
        doc_md=_DOCS,
        schedule=CronDataIntervalTimetable(_EVERY, timezone="UTC"),
        start_date=datetime(2000, 1, 1),
        catchup=False,
        max_active_runs=1,
        is_paused_upon_creation=False,
        tags=["summary tables"],
        default_args={"retries": 0, "execution_timeout": timedelta(minutes=10)},
    ) as dag:
        WatchOperator(task_id="watch", folder=str(folder))
    return dag


def dag_id_of(repository: Path) -> str:
    """Of one that lies below the folder that Airflow reads, as docs/teams.md has them, its way from there."""
    if (running := get_parsing_context().dag_id) and running.startswith(DAG_ID):
        return running
    # Airflow puts the folder that it reads on the path of its imports.
    places = (conf.get("core", "dags_folder"), *sys.path)
    above = [place for place in map(Path, filter(None, places)) if place in repository.parents and place != _ROOT]
    way = repository.relative_to(max(above, key=lambda place: len(place.parts))).parts if above else ()
    return ".".join((DAG_ID, *map(_as_id, way)))


def _as_id(name: str) -> str:
    return re.sub(r"[^\w-]", "_", name)
