"""What a query may use of the run that sends it: dates and a few macros, nothing else of Airflow."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

from airflow.sdk import Context
from airflow.sdk.execution_time.macros import ds_add, ds_format
from airflow.sdk.timezone import coerce_datetime

from summary_tables.full_refresh_run import first_moment, wanted_full_refresh
from summary_tables.model import Refresh
from summary_tables.sql.template_names import MACRO_NAMES
from summary_tables.template_dates import template_dates


def is_full_refresh(context: Context, refresh: Refresh) -> bool:
    """Whether this run builds a table anew as a whole that grows in other runs."""
    return refresh.is_incremental and wanted_full_refresh(context["dag_run"].conf)


def sql_context(context: Context, refresh: Refresh) -> Context:
    """The names that are filled into `{{ ... }}`."""
    run = context["dag_run"]
    start = first_moment(refresh) if is_full_refresh(context, refresh) else run.data_interval_start
    dates = template_dates(
        logical_date=coerce_datetime(run.logical_date),
        start=coerce_datetime(start),
        end=coerce_datetime(run.data_interval_end),
        due=coerce_datetime(run.run_after),
    )
    return cast("Context", {**dates, "macros": SimpleNamespace(**_MACROS)})


# Not Airflow's own `macros`: that holds modules, and through `macros.uuid.os` a query would reach every secret.
_MACROS = dict(zip(MACRO_NAMES, (ds_add, ds_format, datetime, timedelta), strict=True))


def template_words(error: Exception) -> str:
    """Why a `{{ ... }}` could not be filled in, and what can be."""
    reason = (str(error) or "it cannot be read").rstrip(".")
    names = ", ".join(f"{{{{ {name} }}}}" for name in ("ds", "ts", "data_interval_start", "data_interval_end"))
    return f"The query has a {{{{ ... }}}} that cannot be filled in: {reason}. A query may use {names} and the like."
