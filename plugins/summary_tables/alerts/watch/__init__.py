"""What the watch sees in one round, and which events that comes to. Nothing here knows Airflow."""
