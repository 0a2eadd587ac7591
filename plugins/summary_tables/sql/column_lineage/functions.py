"""What is known of functions that a query calls: whether they can read tables, and whether they give several rows."""

from typing import Final

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.catalog import signatures
from summary_tables.sql.parsers.function_names import AGGREGATES, ROW_MAKERS

COLUMNS_OF_ROWS: Final = {
    "generate_series": ("",),
    "generate_subscripts": ("",),
    "json_array_elements": ("value",),
    "json_array_elements_text": ("value",),
    "json_each": ("key", "value"),
    "json_each_text": ("key", "value"),
    "json_object_keys": ("",),
    "jsonb_array_elements": ("value",),
    "jsonb_array_elements_text": ("value",),
    "jsonb_each": ("key", "value"),
    "jsonb_each_text": ("key", "value"),
    "jsonb_object_keys": ("",),
    "regexp_matches": ("",),
    "regexp_split_to_table": ("",),
    "string_to_table": ("",),
}
"""The columns that a function in FROM has; the empty one is called like the function, or like its alias."""

_OWN_SCHEMA = "pg_catalog"
_OF_ROWS = ("aclexplode", "ts_debug", "ts_parse", "ts_stat", "ts_token_type", "txid_snapshot_xip", "unnest")
# They only look at what they are given.
_HARMLESS = ("pg_column_size", "pg_sleep", "pg_size_bytes", "pg_size_pretty", "pg_typeof")
_READING = ("currval", "lastval", "lo_get", "loread", "ts_rewrite", "ts_stat")


def why_unknown(names: list[str], dialect: Dialect) -> str:
    """Why a call may read tables of which the query says nothing; empty where it cannot."""
    *schema, name = names
    if not dialect.functions.are_known:
        return ""
    is_own = not schema or schema == [_OWN_SCHEMA]
    reason = dialect.functions.acting.get(name, "")
    is_known = bool(signatures(name)) or name in dialect.functions.newer
    if is_own and is_known and not reason.startswith("runs SQL") and name not in _READING and not _looks_around(name):
        return ""
    return f"`{'.'.join(names)}` may read tables itself"


def _looks_around(name: str) -> bool:
    return name.startswith("pg_") and name not in _HARMLESS


def makes_rows(name: str, dialect: Dialect) -> bool:
    """Whether a call in a select list may give several rows, or none."""
    is_known = bool(signatures(name)) or not dialect.functions.are_known
    return name in ROW_MAKERS or name in _OF_ROWS or name.startswith("pg_") or not is_known


_IN_ANY_ORDER = """
    avg bit_and bit_or bit_xor bool_and bool_or count cume_dist dense_rank every max min percent_rank percentile_cont
    percentile_disc rank sum
"""
_MIND_NO_ORDER = frozenset(_IN_ANY_ORDER.split())


def minds_order(name: str) -> bool:
    """Whether an aggregate, or a window function, may give something else where rows that are alike change places."""
    return name not in _MIND_NO_ORDER


def is_aggregate(name: str) -> bool:
    return name in AGGREGATES or any(found.kind == "a" for found in signatures(name))
