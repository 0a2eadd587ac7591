"""Values as SQL text. Whatever is in them, they end up as one literal."""

from datetime import UTC, datetime

from summary_tables.text.moments import UTC_NAME, local
from summary_tables.text.quoting import in_single_quotes


def literal(text: str) -> str:
    """A PostgreSQL string literal that does not depend on `standard_conforming_strings`."""
    quoted = in_single_quotes(text)
    return " E" + quoted.replace("\\", "\\\\") if "\\" in quoted else quoted


def timestamp(moment: datetime) -> str:
    """`moment` (aware) as a UTC `TIMESTAMPTZ` literal, to the microsecond."""
    return f"TIMESTAMPTZ '{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'"


def bounds(column_type: str, start: datetime, end: datetime, zone: str = UTC_NAME) -> tuple[str, str] | None:
    """The interval as literals of the column's type (as the catalog writes it): from the first, before the second.

    A date is a day of `zone`, and a timestamp without time zone is what its clocks show. None: the type has no time.
    """
    low, high = local(zone, start), local(zone, end)
    if column_type == "date":
        return f"DATE '{low:%Y-%m-%d}'", f"DATE '{high:%Y-%m-%d}'"
    if not column_type.startswith("timestamp"):
        return None
    if not column_type.endswith("without time zone"):
        return timestamp(low), timestamp(high)
    return f"TIMESTAMP '{low:%Y-%m-%d %H:%M:%S.%f}'", f"TIMESTAMP '{high:%Y-%m-%d %H:%M:%S.%f}'"
