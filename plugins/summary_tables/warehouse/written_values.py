"""How values of a person's query come out of the warehouse: where nothing computes with them, as the server writes.

Python has no infinite dates and no year 12026, and its own way to write what is in a `json` is not for people.
"""

from typing import Any

import psycopg
from psycopg.adapt import Buffer
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

_COMPUTED = frozenset({"bool", "int2", "int4", "int8", "float4", "float8", "numeric", "timestamptz"})


class _MomentLoader(TimestamptzLoader):
    """A text where Python cannot tell the moment."""

    def load(self, data: Buffer) -> Any:
        try:
            return super().load(data)
        except psycopg.Error:
            return bytes(data).decode()


def read_as_written(cursor: psycopg.Cursor[Any]) -> None:
    """Let `cursor` return numbers, truths and moments as such, and anything else as the text that the server writes."""
    for kind in cursor.adapters.types:
        if kind.name not in _COMPUTED:
            cursor.adapters.register_loader(kind.oid, TextLoader)
        if kind.array_oid:
            cursor.adapters.register_loader(kind.array_oid, TextLoader)
    cursor.adapters.register_loader("timestamptz", _MomentLoader)
