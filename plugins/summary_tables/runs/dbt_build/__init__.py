"""One run of a dbt project: dbt itself in a process of its own, and what became of it in our words."""
