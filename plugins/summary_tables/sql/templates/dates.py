"""The dates that SQL may use as `{{ ... }}`. They mean something in every run.

A run on a cron schedule covers a data interval: `data_interval_start` up to `data_interval_end`, and `ds` is the day on
which it starts. A run that a person starts for a date has that date as `ds`, and as its interval the last one of the
schedule that ended before it. Airflow gives no dates at all to a run that another table's publishing started (or a
person without naming one): there all of them are the moment at which the run was due.
"""

from datetime import datetime


def template_dates(
    *, logical_date: datetime | None, start: datetime | None, end: datetime | None, due: datetime
) -> dict[str, object]:
    """Every date by its name in SQL. `due` stands in for what is None; formats are those of Airflow's own variables."""
    moment = logical_date or due
    stamp = moment.isoformat()
    return {
        "logical_date": moment,
        "data_interval_start": start or moment,
        "data_interval_end": end or moment,
        "ds": moment.strftime("%Y-%m-%d"),
        "ds_nodash": moment.strftime("%Y%m%d"),
        "ts": stamp,
        "ts_nodash": moment.strftime("%Y%m%dT%H%M%S"),
        "ts_nodash_with_tz": stamp.replace("-", "").replace(":", ""),
    }
