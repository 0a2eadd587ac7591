"""How values of a person's query come out of the warehouse: where nothing computes with them, as the server writes.

Python has no infinite dates and no year 12026, and its own way to write what is in a `json` is not for people.
"""

from datetime import datetime
from typing import Any

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.types.string import TextLoader

_COMPUTED = frozenset({"bool", "int2", "int4", "int8", "float4", "float8", "numeric", "timestamptz"})


class _MomentLoader(Loader):
    """Reads the moments of our transactions, in which they are written in one way. A text where Python has none.

    The driver's own reads them as the session writes them between transactions, which need not be the same.
    """

    def load(self, data: Buffer) -> Any:
        text = bytes(data).decode()
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text


def read_moments(cursor: psycopg.Cursor[Any]) -> None:
    """Let `cursor` return moments, whatever the settings of the session are when they are read."""
    for kind in ("timestamptz", "timestamp"):
        cursor.adapters.register_loader(kind, _MomentLoader)


def read_as_written(cursor: psycopg.Cursor[Any]) -> None:
    """Let `cursor` return numbers, truths and moments as such, and anything else as the text that the server writes."""
    read_moments(cursor)
    for kind in cursor.adapters.types:
        if kind.name not in _COMPUTED:
            cursor.adapters.register_loader(kind.oid, TextLoader)
        if kind.array_oid:
            cursor.adapters.register_loader(kind.array_oid, TextLoader)
