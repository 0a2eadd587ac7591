"""That nobody looks whether tables are late: said where people look at the tables."""

from pathlib import Path

from sqlalchemy.orm import Session

from summary_tables.airflow.pages.dag_facts import facts_of_all
from summary_tables.airflow.watch.dag import DAG_ID
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem


def watch_problem(session: Session, folder: Path) -> tuple[Problem, ...]:
    """Nothing while the watch runs, or where there is none."""
    dag = facts_of_all(session, (DAG_ID,)).get(DAG_ID)
    if dag is None or not dag.is_paused:
        return ()
    finding = Finding(
        place=WHOLE_FILE,
        rule="watch",
        level="warning",
        message=f"the DAG `{DAG_ID}` is paused: nobody hears of tables that are late, of files that break, and of what "
        "could not be told before",
        fix="resume it in Airflow",
    )
    return (Problem.of(finding, folder, file="Airflow"),)
