"""`summary-tables dbt manifest`."""
