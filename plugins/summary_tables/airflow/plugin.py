"""The plugin by which Airflow's services know of Summary Tables: the entry point of the installed package."""

from airflow.plugins_manager import AirflowPlugin

from summary_tables.airflow import first_runs


class SummaryTablesPlugin(AirflowPlugin):
    """Looks for new tables that can start at once."""

    name = "summary_tables"
    listeners = [first_runs]  # noqa: RUF012 - Airflow declares it so
