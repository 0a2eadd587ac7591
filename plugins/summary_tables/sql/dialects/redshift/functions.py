"""What is written in Redshift in place of functions that only other databases have. Names are in small letters.

From the manuals of Snowflake, BigQuery and MySQL.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FOREIGN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "countif": "`SUM(CASE WHEN ... THEN 1 ELSE 0 END)`",
        "date_format": "`TO_CHAR(ts, 'YYYY-MM-DD')`",
        "group_concat": "`LISTAGG(text, ', ')`",
        "if": "`CASE WHEN ... THEN ... ELSE ... END`",
        "iff": "`CASE WHEN ... THEN ... ELSE ... END`",
        "parse_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
        "safe_cast": "`CAST(... AS type)`",
        "safe_divide": "`a / NULLIF(b, 0)`",
        "str_to_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
        "timestamp_trunc": "`DATE_TRUNC('day', ts)`",
        "zeroifnull": "`COALESCE(a, 0)`",
    }
)
"""Names that Redshift lacks for certain."""
