"""The ways to refresh a table, as the schema has them, and what other tools, and plain English, call them."""

from collections.abc import Mapping, Sequence
from typing import Any

from summary_tables.configs.schema_files import load_schema

_WITH_OPTIONS: Mapping[str, Any] = load_schema("summary_table")["properties"]["refresh"]["allOf"][0]["properties"]

STRATEGIES = ("replace", *_WITH_OPTIONS)

NEEDED_OPTION: Mapping[str, str] = {
    name: schema["required"][0] for name, schema in _WITH_OPTIONS.items() if "required" in schema
}
"""What a strategy cannot do without."""

STRATEGY_WORDS: Mapping[str, str] = {
    **dict.fromkeys(STRATEGIES, ""),
    "overwrite": "replace", "full": "replace", "full_refresh": "replace", "truncate": "replace", "table": "replace",
    "rebuild": "replace",
    "insert": "append", "add": "append", "appends": "append",
    "deleteinsert": "delete_insert", "insert_overwrite": "delete_insert", "microbatch": "delete_insert",
    "incremental_by_time_range": "delete_insert", "delete_and_insert": "delete_insert", "by_time": "delete_insert",
    "upsert": "merge", "incremental_by_unique_key": "merge", "update": "merge", "by_key": "merge",
}  # fmt: skip
"""A word for a strategy -> ours; empty where it is ours."""

CHOICE_WORDS = (
    "strategy", "refresh_strategy", "incremental_strategy", "materialized", "materialization", "incremental",
    "write_disposition", "write_mode", "load_type", "load_strategy", "refresh_mode", "update_strategy", "mode",
)  # fmt: skip
"""Keys whose value is a strategy in other tools."""

OPTION_WORDS: Mapping[str, Sequence[str]] = {
    "time_column": ("event_time", "partition_by", "partition_column", "date_column", "timestamp_column", "cursor"),
    "unique_key": ("primary_key", "merge_key", "unique_keys", "key_columns"),
    "start": ("begin", "start_date"),
}
"""The keys below a strategy, and the other names by which they go at the top of a file."""

COLUMN_WORDS = ("column", "columns", "key", "keys", "id", "by", "on", "field")
"""Below a strategy: the column that it needs."""


def plain(word: object) -> str:
    """`word` as the tables above spell it: `Delete+Insert` -> `delete_insert`."""
    letters = (letter if letter.isalnum() else " " for letter in str(word).lower())
    return "_".join("".join(letters).split())


def strategy(word: object) -> str | None:
    """The strategy that `word` names, in whichever spelling."""
    found = STRATEGY_WORDS.get(plain(word))
    return plain(word) if found == "" else found


def option(word: object) -> str | None:
    """The key below a strategy that `word` names."""
    key = plain(word)
    return next((ours for ours, others in OPTION_WORDS.items() if key == ours or key in others), None)
