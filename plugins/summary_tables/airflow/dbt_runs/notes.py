"""What Airflow notes beside a run of a dbt project; see `airflow.run_notes`, which reads what the tasks recorded."""

from collections.abc import Iterable, Mapping
from typing import Any

from summary_tables.airflow.dbt_runs.failed_tasks import without_record
from summary_tables.airflow.dbt_runs.task_ids import BUILD, FAILED, FAILURES_KEY, FRESHNESS
from summary_tables.airflow.run_records import from_record
from summary_tables.model.failure import WAIT, XCOM_KEY
from summary_tables.model.full_name import OF_PROJECTS, full_name
from summary_tables.runs.dbt_build.report import DbtRunFailure
from summary_tables.runs.run_note import NOTE_KEY, failure_note

Recorded = Mapping[tuple[str, str], Any]


def success_words(recorded: Recorded) -> str:
    """Empty: nothing of it is known."""
    done = recorded.get((BUILD, NOTE_KEY))
    return done if isinstance(done, str) else ""


def failure_words(name: str, run_id: str, recorded: Recorded, failed: Iterable[tuple[str, int]]) -> str:
    """`failed`: the tasks that failed, mapped ones with their number."""
    places = sorted(failed)
    told = recorded.get((BUILD, FAILURES_KEY)) or []
    shown = full_name(OF_PROJECTS, name)
    whole = [task_id for task_id, _ in places if task_id in (WAIT, FRESHNESS, BUILD)]
    each = [told[number] for task_id, number in places if task_id == FAILED and 0 <= number < len(told)]
    failures = (
        *(from_record(recorded.get((task_id, XCOM_KEY))) or without_record(shown, task_id) for task_id in whole),
        *filter(None, map(from_record, each)),
    )
    return failure_note(DbtRunFailure(table=shown, dag_id=name, run_id=run_id, failures=failures))
