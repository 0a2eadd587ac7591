"""What is said of a table that is late."""

from datetime import datetime

from summary_tables.alerts.lateness.lateness import Lateness
from summary_tables.text.moments import day_and_time


def due_words(late: Lateness, zone: str, now: datetime) -> str:
    """`due today at 03:00 UTC`; where the file says when it has to be there, `to be there by today at 06:00 UTC`."""
    if late.is_promised:
        return f"to be there by {day_and_time(zone, late.late_at, now)}"
    return f"due {day_and_time(zone, late.due_at, now)}"
