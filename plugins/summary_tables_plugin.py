"""What Airflow's services load of Summary Tables when they start."""

from airflow.plugins_manager import AirflowPlugin

from summary_tables.airflow import first_runs


class SummaryTablesPlugin(AirflowPlugin):
    """Looks for new tables that can start at once."""

    name = "summary_tables"
    listeners = (first_runs,)
