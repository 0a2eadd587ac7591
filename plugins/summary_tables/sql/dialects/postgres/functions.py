"""What is written in PostgreSQL in place of functions that only other databases have. Names are in small letters.

From the manuals of Redshift, Snowflake, BigQuery, MySQL, SQL Server and Oracle.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FOREIGN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "any_value": "`MIN(...)`",
        "bool_xor": "`<>`",
        "charindex": "`STRPOS(text, part)`",
        "convert_timezone": "`ts AT TIME ZONE 'from' AT TIME ZONE 'to'`",
        "countif": "`COUNT(*) FILTER (WHERE ...)`",
        "curdate": "`CURRENT_DATE`",
        "date_add": "`ts + INTERVAL '1 day'`",
        "date_diff": "`later::date - earlier::date` for days",
        "date_format": "`TO_CHAR(ts, 'YYYY-MM-DD')`",
        "date_sub": "`ts - INTERVAL '1 day'`",
        "dateadd": "`ts + INTERVAL '1 day'`",
        "datediff": "`later::date - earlier::date` for days",
        "datepart": "`EXTRACT(... FROM ts)`",
        "day": "`EXTRACT(DAY FROM ts)`",
        "dayofweek": "`EXTRACT(DOW FROM ts)`",
        "from_unixtime": "`TO_TIMESTAMP(seconds)`",
        "getdate": "`CURRENT_TIMESTAMP`",
        "group_concat": "`STRING_AGG(text, ', ')`",
        "hour": "`EXTRACT(HOUR FROM ts)`",
        "if": "`CASE WHEN ... THEN ... ELSE ... END`",
        "ifnull": "`COALESCE(a, b)`",
        "iff": "`CASE WHEN ... THEN ... ELSE ... END`",
        "instr": "`STRPOS(text, part)`",
        "isnull": "`COALESCE(a, b)`",
        "last_day": "`(DATE_TRUNC('month', ts) + INTERVAL '1 month - 1 day')::date`",
        "len": "`LENGTH(text)`",
        "listagg": "`STRING_AGG(text, ', ')`",
        "median": "`PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ...)`",
        "minute": "`EXTRACT(MINUTE FROM ts)`",
        "month": "`EXTRACT(MONTH FROM ts)`",
        "nvl": "`COALESCE(a, b)`",
        "nvl2": "`CASE WHEN a IS NOT NULL THEN b ELSE c END`",
        "parse_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
        "ratio_to_report": "`x / SUM(x) OVER ()`",
        "safe_cast": "`CAST(... AS type)`",
        "safe_divide": "`a / NULLIF(b, 0)`",
        "str_to_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
        "strftime": "`TO_CHAR(ts, 'YYYY-MM-DD')`",
        "timestamp_trunc": "`DATE_TRUNC('day', ts)`",
        "to_varchar": "`TO_CHAR(value, format)`",
        "weekday": "`EXTRACT(DOW FROM ts)`",
        "year": "`EXTRACT(YEAR FROM ts)`",
        "zeroifnull": "`COALESCE(a, 0)`",
    }
)
"""Names that PostgreSQL, or at least an older one, lacks."""

NEWER: Final = frozenset(("any_value", "date_add"))
"""Those of them that came with PostgreSQL 14 and 16."""
