"""The dialects by their names. Each is imported when it is first asked for: who builds on one pays for no other."""

from functools import cache
from importlib import import_module
from typing import Final

from summary_tables.sql.dialect import Dialect

NAMES: Final = ("postgres", "redshift")
"""The folders beside this file, in the order of the schema of `defaults.yaml`."""


@cache
def dialect_of(name: str) -> Dialect:
    """The dialect that `warehouse.dialect` in `defaults.yaml` names."""
    found: Dialect = import_module(f"summary_tables.sql.dialects.{name}.dialect").DIALECT
    return found


def owners(setting: str) -> str:
    """The warehouses to which a key of a table's layout or limits means something, as people know them."""
    return " and ".join(dialect.title for dialect in every_dialect() if setting in dialect.settings)


def every_dialect() -> tuple[Dialect, ...]:
    """All of them."""
    return tuple(map(dialect_of, NAMES))
