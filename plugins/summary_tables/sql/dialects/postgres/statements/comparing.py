"""The rows of two tables are compared where they stand, as SQL for PostgreSQL.

Both sides are brought to the same columns of the same types, called k1, k2, ... (the key) and c1, c2, ...; a is what
was there before, b what comes after.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.compared_rows import (
    both_sides,
    differing_rows,
    falls_into_sample,
    is_repeated,
    joined,
    list_of,
    names_of,
    side_of,
    with_repeated,
)
from summary_tables.sql.dialects.postgres.statements.compared_values import (
    NOTHING,
    any_differs,
    any_empty,
    as_text,
    key_range,
    key_text,
    measures,
    placed,
    statistics_of,
    weight,
)
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.statements.comparing import Comparison, Side


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
        return f"SELECT COUNT(*), COUNT(*) FILTER (WHERE {falls_into_sample(comparison, side)}) FROM {relation} AS r"

    def has_repeated_key(self, comparison: Comparison, side: Side) -> str:
        key = names_of("k", comparison.key)
        empty = " OR ".join(f"{name} IS NULL" for name in key)
        source = side_of(comparison, side, with_columns=False)
        return (
            f"SELECT EXISTS (SELECT 1 FROM {source} AS r WHERE {empty})\n"
            f"    OR EXISTS (SELECT 1 FROM {source} AS r GROUP BY {', '.join(key)} HAVING COUNT(*) > 1)"
        )

    def matched(self, comparison: Comparison) -> str:
        counts = (
            "COUNT(*) FILTER (WHERE is_pair), COUNT(*) FILTER (WHERE is_new), COUNT(*) FILTER (WHERE is_gone)",
            f"COUNT(*) FILTER (WHERE is_new AND ({any_empty('bk', comparison)}))",
            f"COUNT(*) FILTER (WHERE is_gone AND ({any_empty('ak', comparison)}))",
            f"COUNT(*) FILTER (WHERE is_pair AND {any_differs(comparison)})",
        )
        ranges = (
            key_range(side, place, column, which)
            for side, which in (("b", "is_new"), ("a", "is_gone"))
            for place, column in placed(comparison.key)
        )
        measured = (measures(place, column) for place, column in placed(comparison.columns))
        # OFFSET keeps the planner from computing each difference once for each of its uses.
        return (
            f"{with_repeated(comparison)}SELECT {list_of((*counts, *ranges, *measured))}\n"
            f"FROM (\n{joined(comparison)}\nOFFSET 0\n) AS joined"
        )

    def repeated(self, comparison: Comparison) -> str:
        names = (*names_of("k", comparison.key), *names_of("c", comparison.sure))
        return (
            f"{with_repeated(comparison)}SELECT COALESCE(SUM(old), 0)::bigint, COALESCE(SUM(new), 0)::bigint,\n"
            "    COALESCE(SUM(GREATEST(new - old, 0)), 0)::bigint, COALESCE(SUM(GREATEST(old - new, 0)), 0)::bigint\n"
            "FROM (\n    SELECT COUNT(*) FILTER (WHERE side = 1) AS old, COUNT(*) FILTER (WHERE side = 2) AS new\n"
            f"    FROM (\n{both_sides(comparison, names)}\n    ) AS x\n"
            f"    WHERE {is_repeated(comparison)}\n    GROUP BY {', '.join(names)}\n) AS same"
        )

    def whole_rows(self, comparison: Comparison) -> str:
        return (
            "SELECT COALESCE(SUM(GREATEST(more, 0)), 0)::bigint, COALESCE(SUM(GREATEST(-more, 0)), 0)::bigint\n"
            f"FROM (\n{differing_rows(comparison)}\n) AS different"
        )

    def statistics(self, comparison: Comparison, side: Side, columns: Sequence[int]) -> str:
        asked = (part for place in columns for part in statistics_of(place, comparison.columns[place]))
        return f"SELECT {list_of(('COUNT(*)', *asked))}\nFROM {side_of(comparison, side)} AS r"

    def frequent_values(self, comparison: Comparison, side: Side, column: int, count: int) -> str:
        name = f"c{column + 1}"
        if not count:
            values = f"SELECT {name} AS value FROM {side_of(comparison, side)} AS r GROUP BY {name}"
            return f"SELECT {NOTHING}, COUNT(value) FROM (\n{values}\n) AS found"
        values = f"SELECT {name} AS value, COUNT(*) AS n FROM {side_of(comparison, side)} AS r GROUP BY {name}"
        return (
            f"WITH found AS MATERIALIZED (\n{values}\n)\n"
            f"SELECT {NOTHING}, (SELECT COUNT(value) FROM found)\nUNION ALL\n"
            f"(SELECT {as_text('value')}, n FROM found ORDER BY n DESC, value LIMIT {count})"
        )

    def examples(
        self, comparison: Comparison, shown: Sequence[int], largest: Sequence[str | None], count: int, width: int
    ) -> str:
        kind = "CASE WHEN is_new THEN 'added' WHEN is_gone THEN 'removed' ELSE 'changed' END"
        both = [f"COALESCE(ak{place}, bk{place})" for place, _ in placed(comparison.key)]
        order = ", ".join((f"{weight(comparison, largest)} DESC", *both))
        columns = [
            *(key_text(value, width, column) for value, column in zip(both, comparison.key, strict=True)),
            *(as_text(f"{side}{place + 1}", width) for side in ("a", "b") for place in shown),
        ]
        different = f"is_new OR is_gone OR {any_differs(comparison)}"
        return (
            f"{with_repeated(comparison)}SELECT kind, {', '.join(f'v{place}' for place in range(len(columns)))}\n"
            f"FROM (\nSELECT {kind} AS kind, {list_of([f'{sql} AS v{place}' for place, sql in enumerate(columns)])},\n"
            f"    ROW_NUMBER() OVER (PARTITION BY {kind} ORDER BY {order}) AS place\n"
            f"FROM (\n{joined(comparison, shown)}\nOFFSET 0\n) AS joined\nWHERE {different}\n"
            f") AS ranked\nWHERE place <= {count}\nORDER BY kind <> 'changed', kind, place"
        )

    def whole_examples(self, comparison: Comparison, shown: Sequence[int], count: int, width: int) -> str:
        names = names_of("c", comparison.sure)
        values = "".join(f", {as_text(f'c{place + 1}', width)} AS v{place}" for place in shown)
        return (
            f"SELECT kind{''.join(f', v{place}' for place in shown)}\n"
            "FROM (\nSELECT CASE WHEN more > 0 THEN 'added' ELSE 'removed' END AS kind"
            f"{values},\n    ROW_NUMBER() OVER (PARTITION BY more > 0 ORDER BY {', '.join(names)}) AS place\n"
            f"FROM (\n{differing_rows(comparison)}\n) AS different\n"
            f") AS ranked\nWHERE place <= {count}\nORDER BY kind, place"
        )
