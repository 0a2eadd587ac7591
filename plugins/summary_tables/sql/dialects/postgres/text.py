"""Names and values as SQL text. Whatever is in them, they end up as one name or one literal."""

from datetime import UTC, datetime

from summary_tables.text.quoting import in_double_quotes, in_single_quotes


def identifier(name: str) -> str:
    """`name` in double quotes: its case and any character in it mean themselves."""
    return in_double_quotes(name)


def qualified(schema: str, name: str) -> str:
    """`"schema"."name"`."""
    return f"{identifier(schema)}.{identifier(name)}"


def column_list(names: tuple[str, ...]) -> str:
    """`"a", "b"`."""
    return ", ".join(map(identifier, names))


def literal(text: str) -> str:
    """A PostgreSQL string literal that does not depend on `standard_conforming_strings`."""
    quoted = in_single_quotes(text)
    return " E" + quoted.replace("\\", "\\\\") if "\\" in quoted else quoted


def timestamp(moment: datetime) -> str:
    """`moment` (aware) as a UTC `TIMESTAMPTZ` literal, to the microsecond."""
    return f"TIMESTAMPTZ '{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'"


def bounds(column_type: str, start: datetime, end: datetime) -> tuple[str, str] | None:
    """The interval as literals of the column's type (as the catalog writes it): from the first, before the second.

    A date is a day in UTC, a timestamp without time zone is in UTC. None: the type has no time.
    """
    low, high = start.astimezone(UTC), end.astimezone(UTC)
    if column_type == "date":
        return f"DATE '{low:%Y-%m-%d}'", f"DATE '{high:%Y-%m-%d}'"
    if not column_type.startswith("timestamp"):
        return None
    if not column_type.endswith("without time zone"):
        return timestamp(low), timestamp(high)
    return f"TIMESTAMP '{low:%Y-%m-%d %H:%M:%S.%f}'", f"TIMESTAMP '{high:%Y-%m-%d %H:%M:%S.%f}'"
