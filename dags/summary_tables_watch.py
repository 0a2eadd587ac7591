"""One Airflow DAG that looks whether every table is there when it has to be, and tells people what is due."""

from summary_tables.airflow.dag_files import watch_beside

globals().update(watch_beside(__file__))
