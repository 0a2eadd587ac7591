"""One Airflow DAG for each summary table in dag_configs/."""

from summary_tables.airflow.dag_files import dags_beside

globals().update(dags_beside(__file__))
