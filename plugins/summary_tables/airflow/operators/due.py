"""To which time the rows of a run belong."""

from datetime import datetime

from airflow.sdk import Context

from summary_tables.model.table import Schedule
from summary_tables.runs.waiting import publication


def due_of(context: Context, run_at: datetime, schedule: Schedule) -> datetime:
    """When the run of a build was due, `run_at`; where a publication started it, the time to which that belongs.

    So what is built late of yesterday's rows counts for yesterday, through as many tables as there are. Of several
    that had to be there the earliest counts, as the rows lack what is newer; of any of several the latest.
    """
    triggers = context.get("triggering_asset_events") or {}
    of_each = [
        [publication(event.extra or {}, event.timestamp).due for event in events] for events in triggers.values()
    ]
    return (max if schedule.any_of else min)(map(max, of_each), default=run_at)
