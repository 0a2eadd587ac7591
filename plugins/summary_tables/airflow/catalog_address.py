"""Where the catalogue's pages stand in Airflow, as an address on the same server."""

from functools import cache
from typing import Final
from urllib.parse import quote, urlsplit

from airflow.configuration import conf

PREFIX: Final = "/summary-tables"
"""The catalogue's own part of Airflow's addresses."""


def table_page(full_name: str) -> str:
    """The page of a table, e.g. `/summary-tables/tables/analytics.nps_summary`."""
    return f"{_airflow_path()}{PREFIX}/tables/{quote(full_name, safe='')}"


@cache
def _airflow_path() -> str:
    """What Airflow's own address has behind the host: it may stand below a path."""
    return urlsplit(conf.get("api", "base_url", fallback="") or "").path.rstrip("/")
