"""One Airflow DAG for each summary table in dag_configs/."""

from summary_tables.airflow.dag import dags_to_parse

globals().update(dags_to_parse())
