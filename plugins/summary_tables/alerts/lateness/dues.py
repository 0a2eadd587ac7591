"""When a table was due last: by its own times, or by those of the tables that it waits for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from summary_tables.alerts.lateness.facts import Rhythm, TableFacts
from summary_tables.configs.schedule.cron import CronError, last_run

DEEPEST: Final = 100
"""So many tables that wait for one another are followed."""


class Dues:
    """Of all tables of a folder; what was found once is not looked for again."""

    def __init__(self, tables: Mapping[str, TableFacts]) -> None:
        self._tables = tables
        self._found: dict[tuple[str, datetime], datetime | None] = {}
        self._depth = 0

    def last(self, name: str, until: datetime) -> datetime | None:
        """The last moment up to and with `until` at which a build was due; None: there was none, or nobody knows.

        A table that waits for all of several is due with the one that comes most rarely; the others are there by then.
        One that waits for any of them is due with each.
        """
        key = (name, until)
        if key not in self._found and self._depth < DEEPEST:
            # Should two tables wait for each other, neither is ever due.
            self._found[key] = None
            self._depth += 1
            self._found[key] = self._last(self._tables.get(name), until)
            self._depth -= 1
        return self._found.get(key)

    def _last(self, facts: TableFacts | None, until: datetime) -> datetime | None:
        if facts is None or facts.rhythm is None:
            return None
        schedule = facts.rhythm.schedule
        if schedule.cron:
            return last_of_cron(facts.rhythm, until)
        known = [self.last(parent, until) if isinstance(parent, str) else None for parent in schedule.starts_runs]
        due = [moment for moment in known if moment is not None]
        if schedule.any_of:
            return max(due, default=None)
        return min(due) if due and len(due) == len(known) else None


def last_of_cron(rhythm: Rhythm, until: datetime) -> datetime | None:
    """The last time that the schedule names; None where it names none, or cannot be read."""
    try:
        return last_run(rhythm.schedule.cron, until, rhythm.timezone)
    except CronError:
        return None
