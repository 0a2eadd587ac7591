"""What a table is called, and a dbt project that runs beside the tables."""

from typing import Final

OF_PROJECTS: Final = "dbt project"
"""In the place of a schema, which nobody can call so: what runs is a dbt project, and no table."""


def full_name(schema: str, name: str) -> str:
    """`analytics.nps_summary`, or `dbt project shop`."""
    return f"{schema} {name}" if schema == OF_PROJECTS else f"{schema}.{name}"
