"""Why a server does not take a query, and what the table is called there that stands for the new version."""

from dataclasses import dataclass

from summary_tables.sql.quoting import identifier

STAND_IN = "summary_tables_dry_run"
"""A temporary table without rows: what the query gives, for the checks of the new version."""

FRESH_SCHEMA = "pg_temp"
FRESH_TABLE = f'"{FRESH_SCHEMA}".{identifier(STAND_IN)}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the server does not take a query. `offset` counts its characters from 0; None: no place was named.

    `sqlstate` is the key; `message` and `hint` are in the server's language.
    """

    sqlstate: str
    message: str
    hint: str
    offset: int | None
