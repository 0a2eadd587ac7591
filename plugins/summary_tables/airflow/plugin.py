"""The plugin by which Airflow's services know of Summary Tables: the entry point of the installed package."""

import logging
from functools import cached_property
from typing import Any

from airflow.plugins_manager import AirflowPlugin

from summary_tables.airflow import first_runs, run_notes

_log = logging.getLogger(__name__)


class SummaryTablesPlugin(AirflowPlugin):
    """Looks for new tables that can start at once, notes what became of each run, and shows tables in the api-server.

    Every service and every task loads it, and only the api-server asks for its pages, which are imported then.
    """

    name = "summary_tables"
    listeners = [first_runs, run_notes]  # noqa: RUF012 - Airflow declares it so

    # Airflow declares lists; it reads all of a plugin's instance.
    @cached_property
    def timetables(self) -> list[Any]:  # type: ignore[override]
        """Those by which DAGs are stored that have a zone of their own."""
        from summary_tables.airflow.zone_timetable import ZoneTimetable

        return [ZoneTimetable]

    @cached_property
    def fastapi_apps(self) -> list[Any]:  # type: ignore[override]
        """The pages; none where they cannot be loaded, as Airflow would not start for that."""
        try:
            from summary_tables.airflow.pages.pages_app import mounted_app

            return [mounted_app()]
        except Exception:
            _log.exception("The catalogue of summary tables cannot be shown.")
            return []

    @cached_property
    def external_views(self) -> list[Any]:  # type: ignore[override]
        """Where Airflow's own pages lead to them."""
        from summary_tables.airflow.pages.entrances import entrances

        return entrances() if self.fastapi_apps else []
