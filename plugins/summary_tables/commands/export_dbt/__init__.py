"""`summary-tables export dbt`: the files as a dbt project."""
