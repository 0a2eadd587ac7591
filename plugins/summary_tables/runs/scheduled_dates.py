"""The run that a schedule makes: the last one, or that of a day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from summary_tables.configs.schedule import cron
from summary_tables.model.table import Schedule
from summary_tables.runs.dates import RunDates

_BATCH = 64
# From any moment on, the last two times of a schedule lie within one of these; a 29 February may be eight years away.
_LOOK_BACK = tuple(timedelta(days=days) for days in (0.1, 3, 40, 800, 18 * 366))


def last_run(schedule: Schedule, now: datetime) -> RunDates:
    """The last run that the schedule has made by `now`: that of its last complete interval."""
    interval = _last_interval(schedule, now)
    if interval is None:
        return RunDates(due=now)
    start, end = interval
    return RunDates(logical_date=start, start=start, end=end, due=end)


def run_of_day(schedule: Schedule, day: date) -> RunDates:
    """The run whose interval starts on `day`.

    Where the schedule starts none, it is the one that a person starts for that date: with the last interval before it.
    """
    midnight = datetime.combine(day, time(), UTC)
    if not schedule.cron:
        return RunDates(due=midnight)
    start, end = cron.next_runs(schedule.cron, midnight - timedelta(microseconds=1), 2)
    if start.date() == day:
        return RunDates(logical_date=start, start=start, end=end, due=end)
    before = _last_interval(schedule, midnight) or (midnight, midnight)
    return RunDates(logical_date=midnight, start=before[0], end=before[1], due=midnight)


def _last_interval(schedule: Schedule, now: datetime) -> tuple[datetime, datetime] | None:
    if not schedule.cron:
        return None
    for span in _LOOK_BACK:
        last = list(_times(schedule.cron, now - span, now))[-2:]
        if len(last) == 2:
            return last[0], last[1]
    return None


def _times(text: str, after: datetime, until: datetime) -> Iterator[datetime]:
    """The times of the schedule behind `after`, up to and with `until`."""
    while True:
        for moment in cron.next_runs(text, after, _BATCH):
            if moment > until:
                return
            yield moment
            after = moment
