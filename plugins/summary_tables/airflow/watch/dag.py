"""The DAG of the watch: one task, every few minutes."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from airflow.sdk import DAG, CronDataIntervalTimetable

from summary_tables.airflow.watch.watch_operator import WatchOperator

DAG_ID: Final = "summary_tables_watch"
"""Where several repositories lie beside each other, the name of each folder stands behind it."""

_DAG_FILE: Final = "dags/summary_tables_watch.py"
_COMMIT: Final = re.compile("[0-9a-f]{40}")
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
    """Of one among several, as docs/teams.md has them. Airflow keeps the commits of one beside each other, too."""
    beside = [found.parents[1].name for found in repository.parent.glob(f"*/{_DAG_FILE}")]
    is_alone = len([name for name in beside if not _COMMIT.fullmatch(name)]) < 2
    return DAG_ID if is_alone or _COMMIT.fullmatch(repository.name) else f"{DAG_ID}.{_as_id(repository.name)}"


def _as_id(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)
