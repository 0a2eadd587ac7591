"""What belongs to the warehouse itself, and is for its administrators to hand out."""

from functools import cache

from summary_tables.sql.dialects.registry import every_dialect
from summary_tables.sql.outside_effects import reasons

_SCHEMAS = ("information_schema", "svv", "stl", "stv", "svl")


def is_the_servers(name: str) -> bool:
    """Is this the server's own (`schema.name` or one of them): a catalog, a predefined role, a function that acts?

    No message offers a right on it: who reads `pg_authid` or calls `pg_read_file` may do more than build a summary.
    """
    parts = [part.strip('"').lower() for part in name.split("(")[0].split(".")]
    return parts[0].startswith("pg_") or parts[0] in _SCHEMAS or parts[-1] in _acting()


@cache
def _acting() -> frozenset[str]:
    return frozenset(name for dialect in every_dialect() for name in reasons(dialect))
