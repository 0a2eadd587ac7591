"""What Airflow knows of the DAG of a table, whoever asks it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DagRunFacts:
    """A run, as Airflow knows it. `state` is its word: `queued`, `running`, `success`, `failed`. Times are UTC."""

    run_id: str
    state: str
    run_after: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DagFacts:
    """What Airflow knows of a table's DAG. `runs` are newest first; `failing_since` is the first of the failed runs
    that no good one has followed yet, of which there are `failed_runs`. `next_run_at`: when the next one is due.
    `has_run`: False where it is known that no run has ended yet."""

    is_paused: bool = False
    is_stale: bool = False
    next_run_at: datetime | None = None
    has_run: bool = True
    runs: tuple[DagRunFacts, ...] = ()
    failing_since: DagRunFacts | None = None
    failed_runs: int = 0
