"""A dbt project -> configs. Of the project nothing is run here; where dbt is installed, dbt itself compiles it."""
