"""What a run is and what it asks for, whoever starts it: Airflow or a preview."""
