"""The dates of a run: those that its SQL gets, and those by which the warehouse knows what it builds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from summary_tables.model.build import BuildRun
from summary_tables.model.table import Refresh
from summary_tables.runs.run_configuration import wanted_full_refresh, wanted_interval
from summary_tables.sql.query_grain import Span
from summary_tables.sql.templates.dates import template_dates
from summary_tables.text.moments import UTC_NAME, day_start, local

EARLIEST: Final = date(2000, 1, 1)
"""The first day of a table that says no `start`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDates:
    """Times are UTC. Without a cron schedule all but `due` are None: every date is then that moment.

    `zone` is that of the table: in it are the dates that its SQL gets.

    `full_refresh`: the run builds a table anew as a whole that grows in other runs; `start` is then its beginning.
    """

    logical_date: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    due: datetime
    zone: str = UTC_NAME
    full_refresh: bool = False

    @property
    def span(self) -> Span | None:
        """The data interval; None: the run covers none."""
        return (self.start, self.end) if self.start and self.end and self.start < self.end else None

    def named(self) -> dict[str, object]:
        """Every date by its name in SQL."""
        moments = {"logical_date": self.logical_date, "start": self.start, "end": self.end}
        of_zone = {name: moment and local(self.zone, moment) for name, moment in moments.items()}
        return template_dates(**of_zone, due=local(self.zone, self.due))

    def build_run(self, run_id: str = "preview", try_number: int = 1) -> BuildRun:
        """The run, as far as what it builds depends on it."""
        return BuildRun(
            run_id=run_id,
            try_number=try_number,
            run_at=self.due,
            interval_start=self.start,
            interval_end=self.end,
            full_refresh=self.full_refresh,
            timezone=self.zone,
        )


def as_asked(dates: RunDates, configuration: Mapping[str, object] | None, refresh: Refresh) -> RunDates:
    """The same run, of the whole table or of another interval where its configuration asks for one of these."""
    if wanted_full_refresh(configuration):
        return full_refresh(dates, refresh)
    span = wanted_interval(configuration, dates.zone)
    # Its day is the one on which the interval begins.
    return replace(dates, logical_date=span[0], start=span[0], end=span[1]) if span else dates


def full_refresh(dates: RunDates, refresh: Refresh) -> RunDates:
    """The same run, started to build the whole table. Where each run does that, nothing is another.

    It covers all that there is up to the end of its run, also where that has no interval. In its SQL
    `data_interval_start` is the beginning of the table; every other date is what it would be in any run.
    """
    if not refresh.is_incremental:
        return dates
    return replace(
        dates, start=refresh.start or day_start(dates.zone, EARLIEST), end=dates.end or dates.due, full_refresh=True
    )


def part_of(dates: RunDates, span: Span) -> RunDates:
    """The same run, which builds only a part of its interval: it is still about the same day."""
    return replace(dates, start=span[0], end=span[1])
