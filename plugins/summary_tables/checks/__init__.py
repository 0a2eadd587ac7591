"""The kinds of check that a file can name.

To add one: a module here with a class that satisfies `Check`, its keys in `schemas/summary_table.schema.json`, a test,
and a place in `CHECK_KINDS`.
"""

from collections.abc import Mapping

from summary_tables.checks.check import Check, Verdict
from summary_tables.checks.sql_count import SqlCount

__all__ = ["CHECK_KINDS", "Check", "SqlCount", "Verdict", "check_from_item"]

CHECK_KINDS: tuple[type[Check], ...] = (SqlCount,)


def check_from_item(item: Mapping[str, object]) -> Check:
    """The check that a valid item spells; KeyError where it names no kind."""
    kind = next((kind for kind in CHECK_KINDS if kind.KEY in item), None)
    if kind is None:
        raise KeyError(f"no check kind among {sorted(item)}")
    return kind.from_item(item)
