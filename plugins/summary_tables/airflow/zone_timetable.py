"""Airflow's timetable of a cron, for a zone whose clocks change.

Airflow asks where the interval of a run ended on the schedule, by one step back and one forth. In the night in which
clocks change that leads elsewhere: with `*/30 1-5 * * *` in Berlin half an hour would be in no run, and with `@hourly`
on Lord Howe Island, whose clocks move by half an hour, the scheduler would start no run any more.
"""

from airflow.timetables.interval import CronDataIntervalTimetable
from pendulum import DateTime, duration

_STEPS_BACK = 2
_LONGEST_CHANGE = duration(hours=3)


class ZoneTimetable(CronDataIntervalTimetable):
    """Each interval begins where the one before it ended, whatever the clocks do."""

    @property
    def summary(self) -> str:
        """What Airflow's list shows as the schedule."""
        return f"{self._expression} {self._timezone.name}"

    def _align_to_prev(self, current: DateTime) -> DateTime:
        """The last time of the schedule up to and with `current`: found by going on from some times before."""
        # So far back that no change of clocks lies between a step and what it leads to.
        found = current
        for _ in range(_STEPS_BACK):
            found = super()._get_prev(found - _LONGEST_CHANGE)
        while (following := self._get_next(found)) <= current:
            found = following
        return found

    def _align_to_next(self, current: DateTime) -> DateTime:
        last = self._align_to_prev(current)
        return current if last == current else self._get_next(last)

    def _get_prev(self, current: DateTime) -> DateTime:
        """A time that the clocks skip is as much later, so that a step back by the clock may lead nowhere."""
        return self._align_to_prev(current.subtract(microseconds=1))
