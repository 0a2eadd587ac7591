"""What the result of a query can have and a table cannot."""

from collections import Counter

SYSTEM_COLUMNS = frozenset({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"})
"""Each table has columns of these names already: https://www.postgresql.org/docs/18/ddl-system-columns.html."""

MOST_COLUMNS = 1600
"""Of PostgreSQL (https://www.postgresql.org/docs/18/limits.html) and of Redshift."""

PSEUDO_TYPES = (
    *("any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange", "anycompatiblenonarray"),
    *("anycompatiblerange", "anyelement", "anyenum", "anymultirange", "anynonarray", "anyrange", "cstring"),
    *("event_trigger", "fdw_handler", "index_am_handler", "internal", "language_handler", "pg_ddl_command", "record"),
    *("table_am_handler", "trigger", "tsm_handler", "unknown", "void", "cstring[]", "record[]"),
)
"""Types that only functions and results have: those of pg_type whose `typtype` is `p`, as the server spells them."""


UNNAMED = "?column?"
"""What the warehouse calls a column for which it finds no name."""


def too_many(number: int) -> str:
    """What is said of a query with that many columns; empty where a table can have them."""
    return (
        f"the query gives {number:,} columns, and a table has {MOST_COLUMNS:,} at most" if number > MOST_COLUMNS else ""
    )


def taken(name: str) -> str:
    """What is said of a column called `name`; empty where a table can have it."""
    return f"the warehouse keeps a column `{name}` of its own in each table" if name in SYSTEM_COLUMNS else ""


def column_problem(columns: tuple[str, ...]) -> str:
    """What is wrong with the names of a query's columns; empty if nothing is."""
    if not columns:
        return "The query returns no columns."
    for position, name in enumerate(columns, start=1):
        if name == UNNAMED:
            return f"Column {position} of the query has no name; write ... AS name."
        if words := taken(name):
            return f"{words[0].upper()}{words[1:]}; write ... AS another_name."
    if words := too_many(len(columns)):
        return f"{words[0].upper()}{words[1:]}."
    name, times = Counter(columns).most_common(1)[0]
    if times == 1:
        return ""
    places = " and ".join(str(place) for place, column in enumerate(columns, start=1) if column == name)
    all_of_them = "both" if times == 2 else "all"
    return f'Columns {places} of the query are {all_of_them} called "{name}"; write ... AS another_name.'
