"""The catalogue: every table with what its file says, what the logs and Airflow know, and its state; shown as pages."""
