"""A dbt project as a DAG: one task that runs dbt, and one for each model or test that failed in it."""
