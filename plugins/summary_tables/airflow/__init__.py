"""The face to Airflow: a config becomes a DAG, whose tasks call the steps of runs."""
