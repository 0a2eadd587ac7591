"""What a query may use of the run that sends it: dates and a few macros, nothing else of Airflow."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

from airflow.sdk import Context
from airflow.sdk.execution_time.macros import ds_add, ds_format
from airflow.sdk.timezone import coerce_datetime

from summary_tables.full_refresh_run import wanted_full_refresh
from summary_tables.model import Refresh
from summary_tables.runs.run_configuration import wanted_interval
from summary_tables.runs.run_dates import RunDates, covering, full_refresh
from summary_tables.sql.template_names import MACRO_NAMES


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


def sql_context(dates: RunDates) -> Context:
    """The names that are filled into `{{ ... }}`."""
    return cast("Context", {**dates.named(), "macros": SimpleNamespace(**_MACROS)})


# Not Airflow's own `macros`: that holds modules, and through `macros.uuid.os` a query would reach every secret.
_MACROS = dict(zip(MACRO_NAMES, (ds_add, ds_format, datetime, timedelta), strict=True))


def template_words(error: Exception) -> str:
    """Why a `{{ ... }}` could not be filled in, and what can be."""
    reason = (str(error) or "it cannot be read").rstrip(".")
    names = ", ".join(f"{{{{ {name} }}}}" for name in ("ds", "ts", "data_interval_start", "data_interval_end"))
    return f"The query has a {{{{ ... }}}} that cannot be filled in: {reason}. A query may use {names} and the like."
