"""How the cells of a column are converted, by the full name that the warehouse has for its type."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from summary_tables.sheets.values import Moment
from summary_tables.text.moments import UTC_NAME
from summary_tables.warehouse.sources.cells import moment_cells, number_cells, text_cells
from summary_tables.warehouse.sources.cells.cell import Convert, Wrong

KNOWN: Final = (
    "text, varchar(20), smallint, integer, bigint, numeric(12,2), real, double precision, boolean, date, timestamp, "
    "timestamptz, time, uuid, json or jsonb"
)
"""The types that a column may have, as people write them."""

_PLAIN: Final[Mapping[str, Convert]] = MappingProxyType(
    {
        "text": text_cells.text(None),
        "character varying": text_cells.text(None),
        "smallint": number_cells.whole(-(2**15), 2**15 - 1),
        "integer": number_cells.whole(-(2**31), 2**31 - 1),
        "bigint": number_cells.whole(-(2**63), 2**63 - 1),
        "numeric": number_cells.decimal(None, 0),
        "real": number_cells.floating(single=True),
        "double precision": number_cells.floating(single=False),
        "boolean": text_cells.truth,
        "date": moment_cells.day,
        "uuid": text_cells.uuid,
        "json": text_cells.json_text,
        "jsonb": text_cells.json_text,
    }
)
_TEXT: Final = re.compile(r"character(?: varying)?\((\d+)\)")
_NUMERIC: Final = re.compile(r"numeric\((\d+),(-?\d+)\)")
_MOMENT: Final = re.compile(r"timestamp(?:\((\d)\))? with(out)? time zone")
_TIME: Final = re.compile(r"time(?:\((\d)\))? without time zone")


_NO_MOMENT: Final = Wrong(
    "is a date or a time", "format the cells as plain text or as a number, or give the column such a type"
)
_NO_NUMBER: Final = Wrong("is a number, and no date or time", "format the cell as a date or a time")


def conversion(full_type: str, *, counts_bytes: bool = False, zone: str = UTC_NAME) -> Convert | None:
    """None: no cell becomes a value of this type. `counts_bytes`: lengths of texts in this warehouse do.

    `zone` is that of times that say none.

    A sheet stores dates as numbers: only those that it shows as dates are some, and they are nothing else.
    """
    found = _conversion(full_type, counts_bytes=counts_bytes, zone=zone)
    if found is None:
        return None
    return _of_moments(found) if full_type == "date" or full_type.startswith("time") else _of_others(found)


def _of_moments(convert: Convert) -> Convert:
    def converted(value: str | float | bool) -> str | Wrong:
        return convert(value) if isinstance(value, str | bool | Moment) else _NO_NUMBER

    return converted


def _of_others(convert: Convert) -> Convert:
    def converted(value: str | float | bool) -> str | Wrong:
        return _NO_MOMENT if isinstance(value, Moment) else convert(value)

    return converted


def _conversion(full_type: str, *, counts_bytes: bool, zone: str) -> Convert | None:
    if full_type in _PLAIN:
        return _PLAIN[full_type]
    if found := _TEXT.fullmatch(full_type):
        size, unit = (text_cells.bytes_of, "bytes") if counts_bytes else (len, "characters")
        return text_cells.text(int(found[1]), size, unit)
    if found := _NUMERIC.fullmatch(full_type):
        return number_cells.decimal(int(found[1]), int(found[2]))
    if found := _MOMENT.fullmatch(full_type):
        return moment_cells.moment(int(found[1] or 6), zoned=found[2] is None, zone=zone)
    if found := _TIME.fullmatch(full_type):
        return moment_cells.time_of_day(int(found[1] or 6))
    return None
