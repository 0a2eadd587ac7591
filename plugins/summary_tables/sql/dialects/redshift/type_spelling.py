"""The full name that Redshift's catalog has for a type, from any way in which SQL spells it. Pure.

https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from summary_tables.sql.dialects.postgres import type_spelling as postgres

_WITHOUT_SIZE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "character varying": "character varying(256)",
        "text": "character varying(256)",
        "nvarchar": "character varying(256)",
        "bpchar": "character(256)",
        "numeric": "numeric(18,0)",
        "varbyte": "varbyte(64000)",
        "varbinary": "varbyte(64000)",
        "binary varying": "varbyte(64000)",
    }
)
_OWN: Final = re.compile(r"(?:super|hllsketch|geometry|geography|varbyte(?: ?\(\d{1,7}\))?)")
_LIKE_POSTGRES: Final = re.compile(
    r"(?:smallint|integer|bigint|real|double precision|boolean|date|numeric\(.*\)|character(?: varying)?\(\d+\)"
    r"|oid|(?:time|timestamp) with(?:out)? time zone|interval.*)"
)
NAMES: Final = (
    *("smallint", "int2", "integer", "int", "int4", "bigint", "int8", "decimal", "numeric", "real", "float4"),
    *("double precision", "float8", "float", "char", "character", "nchar", "bpchar", "varchar", "character varying"),
    *("nvarchar", "text", "date", "time", "timetz", "timestamp", "timestamptz", "interval", "boolean", "bool"),
    *("hllsketch", "super", "varbyte", "varbinary", "geometry", "geography"),
)
"""Names by which people call the types that there are."""


def full_type_name(written: str) -> str:
    """E.g. `character varying(256)` for `VARCHAR`; empty: Redshift has no such type."""
    spelt = " ".join(written.lower().split()).replace("nvarchar(", "varchar(").replace("varbinary(", "varbyte(")
    if _OWN.fullmatch(spelt):
        return spelt.replace(" (", "(")
    name = postgres.full_type_name(spelt) or spelt
    name = _WITHOUT_SIZE.get(name, name)
    return name if _LIKE_POSTGRES.fullmatch(name) or _OWN.fullmatch(name) else ""
