"""The run that a schedule makes: the last one, or that of a day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from summary_tables.configs.schedule import cron
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.text.moments import day_start, local

_BATCH = 64
# From any moment on, the last two times of a schedule lie within one of these; a 29 February may be eight years away.
_LOOK_BACK = tuple(timedelta(days=days) for days in (0.1, 3, 40, 800, 18 * 366))


def last_run(table: SummaryTable, now: datetime) -> RunDates:
    """The last run that the table's schedule has made by `now`: that of its last complete interval."""
    interval = _last_interval(table, now)
    if interval is None:
        return RunDates(due=now, zone=table.timezone)
    start, end = interval
    return RunDates(logical_date=start, start=start, end=end, due=end, zone=table.timezone)


def run_of_day(table: SummaryTable, day: date) -> RunDates:
    """The run whose interval starts on `day` of the table's zone.

    Where the schedule starts none, it is the one that a person starts for that date: with the last interval before it.
    """
    zone = table.timezone
    midnight = day_start(zone, day)
    if not table.schedule.cron:
        return RunDates(due=midnight, zone=zone)
    start, end = cron.next_runs(table.schedule.cron, midnight - timedelta(microseconds=1), 2, zone)
    if local(zone, start).date() == day:
        return RunDates(logical_date=start, start=start, end=end, due=end, zone=zone)
    before = _last_interval(table, midnight) or (midnight, midnight)
    return RunDates(logical_date=midnight, start=before[0], end=before[1], due=midnight, zone=zone)


def _last_interval(table: SummaryTable, now: datetime) -> tuple[datetime, datetime] | None:
    if not table.schedule.cron:
        return None
    for span in _LOOK_BACK:
        last = list(_times(table, now - span, now))[-2:]
        if len(last) == 2:
            return last[0], last[1]
    return None


def _times(table: SummaryTable, after: datetime, until: datetime) -> Iterator[datetime]:
    """The times of the schedule behind `after`, up to and with `until`."""
    while True:
        for moment in cron.next_runs(table.schedule.cron, after, _BATCH, table.timezone):
            if moment > until:
                return
            yield moment
            after = moment
