"""The query of a table as its last build had it: with the dates of that run in the place of `{{ ... }}`."""

from dataclasses import dataclass
from datetime import datetime

from summary_tables.catalog.entry import Entry
from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedQuery:
    """`due`: the run whose dates are in it (UTC)."""

    sql: str
    due: datetime


def dated_query(entry: Entry) -> DatedQuery | None:
    """As the file has the query now. None where no date or name is in it, and where those of the run are not known."""
    config = entry.declaration.config if entry.declaration else None
    build = entry.history.newest if entry.history else None
    if config is None or build is None or not _has_dates_of_a_run(config.table, build):
        return None
    dates = RunDates(
        logical_date=build.interval_start,
        start=build.interval_start,
        end=build.interval_end,
        due=build.run_at,
        zone=config.table.timezone,
    )
    sql = rendered(config.table.main_sql, config.table, config.dialect, dates)
    if not isinstance(sql, str) or sql.strip() == config.table.main_sql.strip():
        return None
    return DatedQuery(sql=sql, due=build.run_at)


def _has_dates_of_a_run(table: SummaryTable, build: Build) -> bool:
    """A full refresh of a table that grows begins elsewhere than the day that it is about, and no log says which."""
    return bool(build.run_id) and not (table.refresh.is_incremental and build.is_whole)
