"""Imported before Airflow's services are forked, so that not each reading of the DAG files reads the library anew."""

from summary_tables.configs.library_version import library_version

library_version()
