"""What a query may use of the run that sends it: its dates, nothing else of Airflow."""

from airflow.sdk import Context
from airflow.sdk.timezone import coerce_datetime

from summary_tables.model.table import Refresh
from summary_tables.runs.dates import RunDates, covering, full_refresh
from summary_tables.runs.full_refresh_request import wanted_full_refresh
from summary_tables.runs.run_configuration import wanted_interval


def run_dates(context: Context, refresh: Refresh) -> RunDates:
    """The dates of the run, as its configuration wants them."""
    run = context["dag_run"]
    dates = RunDates(
        logical_date=coerce_datetime(run.logical_date),
        start=coerce_datetime(run.data_interval_start),
        end=coerce_datetime(run.data_interval_end),
        due=coerce_datetime(run.run_after),
    )
    if wanted_full_refresh(run.conf):
        return full_refresh(dates, refresh)
    span = wanted_interval(run.conf)
    return covering(dates, span) if span else dates
