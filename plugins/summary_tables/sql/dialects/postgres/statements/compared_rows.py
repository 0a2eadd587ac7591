"""The rows of two compared tables, in the same columns: each side, both joined, and one below the other."""

from collections.abc import Iterator, Sequence
from typing import Final

from summary_tables.sql.dialects.postgres.statements.compared_values import differs, is_measured, placed
from summary_tables.sql.quoting import identifier
from summary_tables.sql.statements.comparing import SIDES, ComparedColumn, Comparison, Side

_BINARY: Final = 'COLLATE pg_catalog."C"'


def side_of(comparison: Comparison, side: Side, *, with_columns: bool = True) -> str:
    relation = comparison.before if side == "before" else comparison.after
    columns = comparison.columns if with_columns else ()
    parts = [
        "1 AS there",
        *(f"{_value(column, side)} AS k{place}" for place, column in placed(comparison.key)),
        *(f"{_value(column, side)} AS c{place}" for place, column in placed(columns)),
    ]
    where = f" WHERE {falls_into_sample(comparison, side)}" if comparison.every > 1 else ""
    return f"(SELECT {', '.join(parts)} FROM {relation} AS r{where})"


def _value(column: ComparedColumn, side: Side) -> str:
    name = f"r.{identifier(column.before if side == 'before' else column.after)}"
    how = column.compared_as
    value = f"CAST({name} AS {how.cast})" if how.cast else name
    is_text = how.kind == "text" or how.cast in ("text", "text[]")
    return f"{value} {_BINARY}" if is_text else value


def falls_into_sample(comparison: Comparison, side: Side) -> str:
    """Equal values of equal types have the same hash, on both sides; NULL has one, too."""
    chosen = comparison.key or comparison.sure
    row = f"ROW({', '.join(_value(column, side) for column in chosen)})"
    return f"pg_catalog.mod(pg_catalog.hash_record_extended({row}, 0), {comparison.every}) = 0"


def names_of(letter: str, columns: Sequence[ComparedColumn]) -> tuple[str, ...]:
    return tuple(f"{letter}{place}" for place, _ in placed(columns))


def list_of(parts: Sequence[str]) -> str:
    """A part a line."""
    return ",\n    ".join(parts)


def joined(comparison: Comparison, values: Sequence[int] = ()) -> str:
    """Each key once, with what differs. `values`: the columns whose values are asked for in any case."""
    keys = [f"{side}.k{place} AS {side}k{place}" for side in "ab" for place, _ in placed(comparison.key)]
    needed = [
        place
        for place, column in placed(comparison.columns)
        if place - 1 in values or column.guess or is_measured(column.compared_as)
    ]
    parts = [
        "a.there IS NOT NULL AND b.there IS NOT NULL AS is_pair, a.there IS NULL AS is_new, b.there IS NULL AS is_gone",
        *keys,
        *(f"a.c{place} AS a{place}, b.c{place} AS b{place}" for place in needed),
        *(f"{differs(place, column.compared_as)} AS d{place}" for place, column in placed(comparison.columns)),
    ]
    before, after = (_without_repeated(comparison, side) for side in SIDES)
    same = " AND ".join(_same_key(comparison, "a", "b"))
    return f"SELECT {list_of(parts)}\nFROM {before} AS a\nFULL JOIN {after} AS b ON {same}"


def _same_key(comparison: Comparison, left: str, right: str) -> Iterator[str]:
    """As arrays, of which two are equal that hold NULL, and which can be hashed all the same."""
    for place, _ in placed(comparison.key):
        if comparison.careful:
            yield f"ARRAY[{left}.k{place}] = ARRAY[{right}.k{place}]"
        else:
            yield f"{left}.k{place} = {right}.k{place}"


def with_repeated(comparison: Comparison) -> str:
    if not comparison.careful:
        return ""
    names = names_of("k", comparison.key)
    old, new = (f"COUNT(*) FILTER (WHERE side = {number})" for number in (1, 2))
    return (
        f"WITH repeated AS MATERIALIZED (\nSELECT {', '.join(names)}\n"
        f"FROM (\n{both_sides(comparison, names)}\n) AS x\nGROUP BY {', '.join(names)}\n"
        f"HAVING COUNT(*) > 2 AND {old} > 0 AND {new} > 0\n)\n"
    )


def is_repeated(comparison: Comparison) -> str:
    same = " AND ".join(_same_key(comparison, "repeated", "x"))
    return f"EXISTS (SELECT 1 FROM repeated WHERE {same})"


def _without_repeated(comparison: Comparison, side: Side) -> str:
    source = side_of(comparison, side)
    return f"(SELECT * FROM {source} AS x WHERE NOT {is_repeated(comparison)})" if comparison.careful else source


def both_sides(comparison: Comparison, names: Sequence[str]) -> str:
    return "\nUNION ALL\n".join(
        f"SELECT {number} AS side, {', '.join(names)} FROM {side_of(comparison, side)} AS r"
        for number, side in enumerate(SIDES, 1)
    )


def differing_rows(comparison: Comparison) -> str:
    names = ", ".join(names_of("c", comparison.sure))
    return (
        f"SELECT {names}, COUNT(*) FILTER (WHERE side = 2) - COUNT(*) FILTER (WHERE side = 1) AS more\n"
        f"FROM (\n{both_sides(comparison, names_of('c', comparison.sure))}\n) AS x\nGROUP BY {names}\n"
        "HAVING COUNT(*) FILTER (WHERE side = 2) <> COUNT(*) FILTER (WHERE side = 1)"
    )
