"""Which run is previewed: the dates that its SQL gets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from summary_tables.full_refresh_run import first_moment
from summary_tables.model import BuildRun, Refresh, Schedule
from summary_tables.schedules import cron
from summary_tables.template_dates import template_dates

_BATCH = 64
# From any moment on, the last two times of a schedule lie within one of these; a 29 February may be eight years away.
_LOOK_BACK = tuple(timedelta(days=days) for days in (0.1, 3, 40, 800, 18 * 366))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDates:
    """Times are UTC. Without a cron schedule all but `due` are None: every date is then that moment.

    `full_refresh`: the run builds a table anew as a whole that grows in other runs; `start` is then its beginning.
    """

    logical_date: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    due: datetime
    full_refresh: bool = False

    def named(self) -> dict[str, object]:
        """Every date by its name in SQL."""
        return template_dates(logical_date=self.logical_date, start=self.start, end=self.end, due=self.due)

    def build_run(self) -> BuildRun:
        """The run, as far as what it builds depends on it."""
        return BuildRun(
            run_id="preview",
            try_number=1,
            run_at=self.due,
            interval_start=self.start,
            interval_end=self.end,
            full_refresh=self.full_refresh,
        )


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


def full_refresh(dates: RunDates, refresh: Refresh) -> RunDates:
    """The same run, started to build the whole table. Where each run does that, nothing is another."""
    if not refresh.is_incremental:
        return dates
    return replace(dates, start=first_moment(refresh), end=dates.end or dates.due, full_refresh=True)


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
