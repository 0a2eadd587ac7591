"""The values of two compared tables: whether those of a column differ, by how much, and how they are shown.

aN and bN are the values of column N before and after, dN says whether they differ: see `comparing`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.statements.comparing import ComparedAs, ComparedColumn, Comparison

NOTHING: Final = "CAST(NULL AS text)"
_WIDTH: Final = 60
_RANGED: Final = frozenset({"whole", "number", "float", "time", "text"})
_MEASURED: Final = frozenset({"whole", "number", "float", "time"})
# Beyond these, floating point cannot be subtracted or multiplied without an error.
_FLOAT_ROOM: Final = "1e-290 AND 1e290"
_MOST_FLOAT: Final = "1e307"


def placed(columns: Sequence[ComparedColumn]) -> Iterator[tuple[int, ComparedColumn]]:
    return enumerate(columns, 1)


def is_measured(how: ComparedAs) -> bool:
    return how.kind in _MEASURED or how.kind in ("list", "json")


def differs(place: int, how: ComparedAs) -> str:
    old, new = f"a.c{place}", f"b.c{place}"
    if not how.tolerance:
        return f"{old} IS DISTINCT FROM {new}"
    room = (
        f"abs({old}) BETWEEN {_FLOAT_ROOM} AND abs({new}) BETWEEN {_FLOAT_ROOM}"
        if how.kind == "float"
        else f"abs({old}) < numeric 'Infinity' AND abs({new}) < numeric 'Infinity'"
    )
    return (
        f"CASE WHEN {old} IS NOT DISTINCT FROM {new} THEN FALSE\n"
        f"        WHEN {room} THEN abs({old} - {new}) > {how.tolerance} * abs({old})\n"
        "        ELSE TRUE END"
    )


def any_differs(comparison: Comparison) -> str:
    each = " OR ".join(f"d{place}" for place, _ in placed(comparison.sure))
    return f"({each})" if each else "FALSE"


def any_empty(letters: str, comparison: Comparison) -> str:
    return " OR ".join(f"{letters}{place} IS NULL" for place, _ in placed(comparison.key))


def key_range(side: str, place: int, column: ComparedColumn, which: str) -> str:
    if column.hidden or column.compared_as.kind not in _RANGED:
        return f"{NOTHING}, {NOTHING}"
    both = (f"{function}({side}k{place}) FILTER (WHERE {which})" for function in ("MIN", "MAX"))
    return ", ".join(f"CAST({value} AS text)" for value in both)


def measures(place: int, column: ComparedColumn) -> str:
    """How many differ, how many by noise or in order only, by how much at most, and how many are not NULL."""
    how = column.compared_as
    differ = f"is_pair AND d{place}"
    slight = _slight(place, how)
    return ", ".join(
        (
            f"COUNT(*) FILTER (WHERE {differ})",
            f"COUNT(*) FILTER (WHERE {slight})" if slight else "0",
            _nothing_or(
                how.kind in _MEASURED and not column.hidden, f"MAX({_distance(place, how)}) FILTER (WHERE {differ})"
            ),
            f"COUNT(*) FILTER (WHERE is_pair AND b{place} IS NOT NULL)" if column.guess else "0",
        )
    )


def _nothing_or(is_asked: bool, value: str) -> str:
    return f"CAST({value} AS text)" if is_asked else NOTHING


def _slight(place: int, how: ComparedAs) -> str:
    if how.tolerance:
        return f"is_pair AND NOT d{place} AND a{place} IS DISTINCT FROM b{place}"
    if how.kind == "list":
        return f"is_pair AND d{place} AND {' = '.join(_sorted_list(f'{side}{place}') for side in 'ab')}"
    if how.kind == "json":
        lists = " AND ".join(f"jsonb_typeof({side}{place}) = 'array'" for side in "ab")
        same = " = ".join(_sorted_json(f"{side}{place}") for side in "ab")
        return f"is_pair AND d{place} AND CASE WHEN {lists} THEN {same} ELSE FALSE END"
    return ""


def _sorted_list(value: str) -> str:
    return f"(SELECT pg_catalog.array_agg(e ORDER BY e) FROM pg_catalog.unnest({value}) AS e)"


def _sorted_json(value: str) -> str:
    return f"(SELECT pg_catalog.jsonb_agg(e ORDER BY e) FROM pg_catalog.jsonb_array_elements({value}) AS e)"


def _distance(place: int, how: ComparedAs) -> str:
    """NULL where one of the two values is infinite, no number or missing."""
    old, new = f"a{place}", f"b{place}"
    if how.kind == "time":
        old, new = f"EXTRACT(EPOCH FROM {old})", f"EXTRACT(EPOCH FROM {new})"
    elif how.kind != "float":
        # The difference of two whole numbers may be none of their type.
        old, new = f"CAST({old} AS numeric)", f"CAST({new} AS numeric)"
    most = _MOST_FLOAT if how.kind == "float" else "numeric 'Infinity'"
    return f"CASE WHEN abs({old}) < {most} AND abs({new}) < {most} THEN abs({new} - {old}) END"


def weight(comparison: Comparison, largest: Sequence[str | None]) -> str:
    """The greatest of the row's changes, each as a part of the greatest of its column; 1 where it has no size."""
    parts = [
        f"CASE WHEN d{place} THEN {_part_of(place, column.compared_as, most)} ELSE 0 END"
        for (place, column), most in zip(placed(comparison.columns), largest, strict=True)
        if not column.hidden
    ]
    return f"CASE WHEN is_new OR is_gone THEN 0 ELSE GREATEST({', '.join(parts)}) END" if parts else "0"


def _part_of(place: int, how: ComparedAs, most: str | None) -> str:
    if how.kind not in _MEASURED:
        return "0.5"
    return f"COALESCE(CAST({_distance(place, how)} AS numeric) / CAST({literal(most)} AS numeric), 1)" if most else "1"


def statistics_of(place: int, column: ComparedColumn) -> Iterator[str]:
    name, how, shown = f"c{place + 1}", column.compared_as, not column.hidden
    yield f"COUNT(*) - COUNT({name})"
    is_ranged, is_number = how.kind in _RANGED and shown, how.kind in ("whole", "number", "float") and shown
    yield as_text(f"MIN({name})") if is_ranged else NOTHING
    yield as_text(f"MAX({name})") if is_ranged else NOTHING
    yield _nothing_or(is_number, f"AVG(CAST({name} AS numeric))")


def as_text(value: str, width: int = _WIDTH) -> str:
    return f"pg_catalog.left(CAST({value} AS text), {width})"


def key_text(value: str, width: int, column: ComparedColumn) -> str:
    return as_text(value, width) if not column.hidden else f"CASE WHEN {value} IS NOT NULL THEN '***' END"
