"""The rows of two tables are compared where they stand, as SQL for PostgreSQL.

Both sides are brought to the same columns of the same types, called k1, k2, ... (the key) and c1, c2, ...; a is what
was there before, b what comes after.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import identifier
from summary_tables.sql.statements.comparing import SIDES, ComparedAs, ComparedColumn, Comparison, Side

_BINARY: Final = 'COLLATE pg_catalog."C"'
_NOTHING: Final = "CAST(NULL AS text)"
_RANGED: Final = frozenset({"whole", "number", "float", "time", "text"})
_MEASURED: Final = frozenset({"whole", "number", "float", "time"})
# Beyond these, floating point cannot be subtracted or multiplied without an error.
_FLOAT_ROOM: Final = "1e-290 AND 1e290"
_MOST_FLOAT: Final = "1e307"


@dataclass(frozen=True, slots=True)
class PostgresComparing:
    """PostgreSQL."""

    def estimate(self, statement: str) -> str:
        return f"EXPLAIN (FORMAT JSON)\n{statement}"

    def size(self, relation: str) -> str:
        return f"SELECT pg_catalog.pg_total_relation_size({literal(relation)}::pg_catalog.regclass)"

    def count_rows(self, comparison: Comparison, side: Side) -> str:
        relation = comparison.before if side == "before" else comparison.after
        if comparison.every == 1:
            return f"SELECT COUNT(*), COUNT(*) FROM {relation} AS r"
        return f"SELECT COUNT(*), COUNT(*) FILTER (WHERE {_falls_into_sample(comparison, side)}) FROM {relation} AS r"

    def has_repeated_key(self, comparison: Comparison, side: Side) -> str:
        key = _names("k", comparison.key)
        empty = " OR ".join(f"{name} IS NULL" for name in key)
        source = _side(comparison, side, with_columns=False)
        return (
            f"SELECT EXISTS (SELECT 1 FROM {source} AS r WHERE {empty})\n"
            f"    OR EXISTS (SELECT 1 FROM {source} AS r GROUP BY {', '.join(key)} HAVING COUNT(*) > 1)"
        )

    def matched(self, comparison: Comparison) -> str:
        counts = (
            "COUNT(*) FILTER (WHERE is_pair), COUNT(*) FILTER (WHERE is_new), COUNT(*) FILTER (WHERE is_gone)",
            f"COUNT(*) FILTER (WHERE is_new AND ({_any_empty('bk', comparison)}))",
            f"COUNT(*) FILTER (WHERE is_gone AND ({_any_empty('ak', comparison)}))",
            f"COUNT(*) FILTER (WHERE is_pair AND {_any_differs(comparison)})",
        )
        ranges = (
            _range(side, place, column, which)
            for side, which in (("b", "is_new"), ("a", "is_gone"))
            for place, column in _placed(comparison.key)
        )
        measures = (_measures(place, column) for place, column in _placed(comparison.columns))
        # OFFSET keeps the planner from computing each difference once for each of its uses.
        return (
            f"{_with_repeated(comparison)}SELECT {_list_of((*counts, *ranges, *measures))}\n"
            f"FROM (\n{_joined(comparison)}\nOFFSET 0\n) AS joined"
        )

    def repeated(self, comparison: Comparison) -> str:
        names = (*_names("k", comparison.key), *_names("c", _sure(comparison)))
        return (
            f"{_with_repeated(comparison)}SELECT COALESCE(SUM(old), 0)::bigint, COALESCE(SUM(new), 0)::bigint,\n"
            "    COALESCE(SUM(GREATEST(new - old, 0)), 0)::bigint, COALESCE(SUM(GREATEST(old - new, 0)), 0)::bigint\n"
            "FROM (\n    SELECT COUNT(*) FILTER (WHERE side = 1) AS old, COUNT(*) FILTER (WHERE side = 2) AS new\n"
            f"    FROM (\n{_both_sides(comparison, names)}\n    ) AS x\n"
            f"    WHERE {_is_repeated(comparison)}\n    GROUP BY {', '.join(names)}\n) AS same"
        )

    def whole_rows(self, comparison: Comparison) -> str:
        return (
            "SELECT COALESCE(SUM(GREATEST(more, 0)), 0)::bigint, COALESCE(SUM(GREATEST(-more, 0)), 0)::bigint\n"
            f"FROM (\n{_differing_rows(comparison)}\n) AS different"
        )

    def statistics(self, comparison: Comparison, side: Side, columns: Sequence[int]) -> str:
        asked = (part for place in columns for part in _statistics(place, comparison.columns[place]))
        return f"SELECT {_list_of(('COUNT(*)', *asked))}\nFROM {_side(comparison, side)} AS r"

    def frequent_values(self, comparison: Comparison, side: Side, column: int, count: int) -> str:
        name = f"c{column + 1}"
        if not count:
            values = f"SELECT {name} AS value FROM {_side(comparison, side)} AS r GROUP BY {name}"
            return f"SELECT {_NOTHING}, COUNT(value) FROM (\n{values}\n) AS found"
        values = f"SELECT {name} AS value, COUNT(*) AS n FROM {_side(comparison, side)} AS r GROUP BY {name}"
        return (
            f"WITH found AS MATERIALIZED (\n{values}\n)\n"
            f"SELECT {_NOTHING}, (SELECT COUNT(value) FROM found)\nUNION ALL\n"
            f"(SELECT {_shown('value')}, n FROM found ORDER BY n DESC, value LIMIT {count})"
        )

    def examples(
        self, comparison: Comparison, shown: Sequence[int], largest: Sequence[str | None], count: int, width: int
    ) -> str:
        kind = "CASE WHEN is_new THEN 'added' WHEN is_gone THEN 'removed' ELSE 'changed' END"
        both = [f"COALESCE(ak{place}, bk{place})" for place, _ in _placed(comparison.key)]
        order = ", ".join((f"{_weight(comparison, largest)} DESC", *both))
        columns = [
            *(_key_text(value, width, column) for value, column in zip(both, comparison.key, strict=True)),
            *(_shown(f"{side}{place + 1}", width) for side in ("a", "b") for place in shown),
        ]
        different = f"is_new OR is_gone OR {_any_differs(comparison)}"
        return (
            f"{_with_repeated(comparison)}SELECT kind, {', '.join(f'v{place}' for place in range(len(columns)))}\n"
            f"FROM (\nSELECT {kind} AS kind, {_list_of([f'{sql} AS v{place}' for place, sql in enumerate(columns)])},\n"
            f"    ROW_NUMBER() OVER (PARTITION BY {kind} ORDER BY {order}) AS place\n"
            f"FROM (\n{_joined(comparison, shown)}\nOFFSET 0\n) AS joined\nWHERE {different}\n"
            f") AS ranked\nWHERE place <= {count}\nORDER BY kind <> 'changed', kind, place"
        )

    def whole_examples(self, comparison: Comparison, shown: Sequence[int], count: int, width: int) -> str:
        names = _names("c", _sure(comparison))
        values = "".join(f", {_shown(f'c{place + 1}', width)} AS v{place}" for place in shown)
        return (
            f"SELECT kind{''.join(f', v{place}' for place in shown)}\n"
            "FROM (\nSELECT CASE WHEN more > 0 THEN 'added' ELSE 'removed' END AS kind"
            f"{values},\n    ROW_NUMBER() OVER (PARTITION BY more > 0 ORDER BY {', '.join(names)}) AS place\n"
            f"FROM (\n{_differing_rows(comparison)}\n) AS different\n"
            f") AS ranked\nWHERE place <= {count}\nORDER BY kind, place"
        )


def _side(comparison: Comparison, side: Side, *, with_columns: bool = True) -> str:
    relation = comparison.before if side == "before" else comparison.after
    columns = comparison.columns if with_columns else ()
    parts = [
        "1 AS there",
        *(f"{_value(column, side)} AS k{place}" for place, column in _placed(comparison.key)),
        *(f"{_value(column, side)} AS c{place}" for place, column in _placed(columns)),
    ]
    where = f" WHERE {_falls_into_sample(comparison, side)}" if comparison.every > 1 else ""
    return f"(SELECT {', '.join(parts)} FROM {relation} AS r{where})"


def _value(column: ComparedColumn, side: Side) -> str:
    name = f"r.{identifier(column.before if side == 'before' else column.after)}"
    how = column.compared_as
    value = f"CAST({name} AS {how.cast})" if how.cast else name
    is_text = how.kind == "text" or how.cast in ("text", "text[]")
    return f"{value} {_BINARY}" if is_text else value


def _falls_into_sample(comparison: Comparison, side: Side) -> str:
    """Equal values of equal types have the same hash, on both sides; NULL has one, too."""
    chosen = comparison.key or _sure(comparison)
    row = f"ROW({', '.join(_value(column, side) for column in chosen)})"
    return f"pg_catalog.mod(pg_catalog.hash_record_extended({row}, 0), {comparison.every}) = 0"


def _sure(comparison: Comparison) -> tuple[ComparedColumn, ...]:
    """Guesses stand behind all others."""
    return tuple(column for column in comparison.columns if not column.guess)


def _placed(columns: Sequence[ComparedColumn]) -> Iterator[tuple[int, ComparedColumn]]:
    return enumerate(columns, 1)


def _names(letter: str, columns: Sequence[ComparedColumn]) -> tuple[str, ...]:
    return tuple(f"{letter}{place}" for place, _ in _placed(columns))


def _list_of(parts: Sequence[str]) -> str:
    return ",\n    ".join(parts)


def _joined(comparison: Comparison, values: Sequence[int] = ()) -> str:
    """Each key once, with what differs. `values`: the columns whose values are asked for in any case."""
    keys = [f"{side}.k{place} AS {side}k{place}" for side in "ab" for place, _ in _placed(comparison.key)]
    needed = [
        place
        for place, column in _placed(comparison.columns)
        if place - 1 in values or column.guess or _is_measured(column.compared_as)
    ]
    parts = [
        "a.there IS NOT NULL AND b.there IS NOT NULL AS is_pair, a.there IS NULL AS is_new, b.there IS NULL AS is_gone",
        *keys,
        *(f"a.c{place} AS a{place}, b.c{place} AS b{place}" for place in needed),
        *(f"{_differs(place, column.compared_as)} AS d{place}" for place, column in _placed(comparison.columns)),
    ]
    before, after = (_without_repeated(comparison, side) for side in SIDES)
    same = " AND ".join(_same_key(comparison, "a", "b"))
    return f"SELECT {_list_of(parts)}\nFROM {before} AS a\nFULL JOIN {after} AS b ON {same}"


def _is_measured(how: ComparedAs) -> bool:
    return how.kind in _MEASURED or how.kind in ("list", "json")


def _same_key(comparison: Comparison, left: str, right: str) -> Iterator[str]:
    """As arrays, of which two are equal that hold NULL, and which can be hashed all the same."""
    for place, _ in _placed(comparison.key):
        if comparison.careful:
            yield f"ARRAY[{left}.k{place}] = ARRAY[{right}.k{place}]"
        else:
            yield f"{left}.k{place} = {right}.k{place}"


def _with_repeated(comparison: Comparison) -> str:
    if not comparison.careful:
        return ""
    names = _names("k", comparison.key)
    old, new = (f"COUNT(*) FILTER (WHERE side = {number})" for number in (1, 2))
    return (
        f"WITH repeated AS MATERIALIZED (\nSELECT {', '.join(names)}\n"
        f"FROM (\n{_both_sides(comparison, names)}\n) AS x\nGROUP BY {', '.join(names)}\n"
        f"HAVING COUNT(*) > 2 AND {old} > 0 AND {new} > 0\n)\n"
    )


def _is_repeated(comparison: Comparison) -> str:
    same = " AND ".join(_same_key(comparison, "repeated", "x"))
    return f"EXISTS (SELECT 1 FROM repeated WHERE {same})"


def _without_repeated(comparison: Comparison, side: Side) -> str:
    source = _side(comparison, side)
    return f"(SELECT * FROM {source} AS x WHERE NOT {_is_repeated(comparison)})" if comparison.careful else source


def _both_sides(comparison: Comparison, names: Sequence[str]) -> str:
    return "\nUNION ALL\n".join(
        f"SELECT {number} AS side, {', '.join(names)} FROM {_side(comparison, side)} AS r"
        for number, side in enumerate(SIDES, 1)
    )


def _differing_rows(comparison: Comparison) -> str:
    names = ", ".join(_names("c", _sure(comparison)))
    return (
        f"SELECT {names}, COUNT(*) FILTER (WHERE side = 2) - COUNT(*) FILTER (WHERE side = 1) AS more\n"
        f"FROM (\n{_both_sides(comparison, _names('c', _sure(comparison)))}\n) AS x\nGROUP BY {names}\n"
        "HAVING COUNT(*) FILTER (WHERE side = 2) <> COUNT(*) FILTER (WHERE side = 1)"
    )


def _differs(place: int, how: ComparedAs) -> str:
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


def _any_differs(comparison: Comparison) -> str:
    differs = " OR ".join(f"d{place}" for place, _ in _placed(_sure(comparison)))
    return f"({differs})" if differs else "FALSE"


def _any_empty(letters: str, comparison: Comparison) -> str:
    return " OR ".join(f"{letters}{place} IS NULL" for place, _ in _placed(comparison.key))


def _range(side: str, place: int, column: ComparedColumn, which: str) -> str:
    if column.hidden or column.compared_as.kind not in _RANGED:
        return f"{_NOTHING}, {_NOTHING}"
    both = (f"{function}({side}k{place}) FILTER (WHERE {which})" for function in ("MIN", "MAX"))
    return ", ".join(f"CAST({value} AS text)" for value in both)


def _measures(place: int, column: ComparedColumn) -> str:
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
    return f"CAST({value} AS text)" if is_asked else _NOTHING


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


def _weight(comparison: Comparison, largest: Sequence[str | None]) -> str:
    """The greatest of the row's changes, each as a part of the greatest of its column; 1 where it has no size."""
    parts = [
        f"CASE WHEN d{place} THEN {_part_of(place, column.compared_as, most)} ELSE 0 END"
        for (place, column), most in zip(_placed(comparison.columns), largest, strict=True)
        if not column.hidden
    ]
    return f"CASE WHEN is_new OR is_gone THEN 0 ELSE GREATEST({', '.join(parts)}) END" if parts else "0"


def _part_of(place: int, how: ComparedAs, most: str | None) -> str:
    if how.kind not in _MEASURED:
        return "0.5"
    return f"COALESCE(CAST({_distance(place, how)} AS numeric) / CAST({literal(most)} AS numeric), 1)" if most else "1"


def _statistics(place: int, column: ComparedColumn) -> Iterator[str]:
    name, how, shown = f"c{place + 1}", column.compared_as, not column.hidden
    yield f"COUNT(*) - COUNT({name})"
    is_ranged, is_number = how.kind in _RANGED and shown, how.kind in ("whole", "number", "float") and shown
    yield _shown(f"MIN({name})") if is_ranged else _NOTHING
    yield _shown(f"MAX({name})") if is_ranged else _NOTHING
    yield _nothing_or(is_number, f"AVG(CAST({name} AS numeric))")


_WIDTH: Final = 60


def _shown(value: str, width: int = _WIDTH) -> str:
    return f"pg_catalog.left(CAST({value} AS text), {width})"


def _key_text(value: str, width: int, column: ComparedColumn) -> str:
    return _shown(value, width) if not column.hidden else f"CASE WHEN {value} IS NOT NULL THEN '***' END"
