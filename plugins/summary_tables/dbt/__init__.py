"""What dbt writes of a project, as records. dbt itself is never imported."""
