"""Queries with everything that SQL can do between a column of a table and one of a result."""

import random
from collections.abc import Callable
from dataclasses import dataclass

TABLES = {"lin.t1": ("id", "k", "v", "w"), "lin.t2": ("id", "k", "x", "y"), "lin.t3": ("id", "z")}


@dataclass(frozen=True)
class Item:
    """An item of FROM and the columns that can be named of it, each as `alias.column`."""

    sql: str
    columns: tuple[str, ...]


class QueryMaker:
    """Makes queries by chance; not each of them is one that the server takes."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._aliases = 0

    def query(self) -> str:
        """A query of a summary table."""
        if self._chance.random() < 0.25:
            return self._with()
        return self._select(3)

    def _pick(self, *makers: Callable[[], str]) -> str:
        return self._chance.choice(makers)()

    def _maybe(self, text: str, odds: float = 0.3) -> str:
        return text if self._chance.random() < odds else ""

    def _alias(self) -> str:
        self._aliases += 1
        return f"s{self._aliases}"

    def _with(self) -> str:
        if self._chance.random() < 0.3:
            start, step = self._chance.choice(("v", "w")), self._chance.choice(("k", "z", "id"))
            table = "lin.t3" if step == "z" else "lin.t1"
            return (
                f"WITH RECURSIVE r (n, deep) AS (SELECT {start}, 0 FROM lin.t1 UNION ALL "
                f"SELECT n + b.{step}, deep + 1 FROM r JOIN {table} b ON b.id = r.deep WHERE deep < 3) "
                f"SELECT {self._chance.choice(('n', 'deep', 'n, deep', 'sum(n)'))} FROM r"
            )
        inner = self._select(2)
        names = self._chance.choice(("", " (c1)"))
        return f"WITH c{names} AS ({inner}) SELECT {self._chance.choice(('*', 'c.*, 1 AS one', 'count(*)'))} FROM c"

    def _select(self, depth: int, columns: int | None = None) -> str:
        if depth > 1 and self._chance.random() < 0.2:
            count = columns or self._chance.randint(1, 3)
            word = self._chance.choice(("UNION", "UNION ALL", "EXCEPT", "EXCEPT ALL", "INTERSECT"))
            sides = (self._select(depth - 1, count), self._select(depth - 1, count))
            return f"({sides[0]}) {word} ({sides[1]})" + self._maybe(" ORDER BY 1 LIMIT 3", 0.2)
        items = self._from(depth)
        seen = [column for item in items for column in item.columns]
        source = ", ".join(item.sql for item in items)
        where = self._maybe(f" WHERE {self._condition(seen, depth)}", 0.4)
        if columns is None and self._chance.random() < 0.1:
            star = self._chance.choice(("*", f"{_table(seen)}.*"))
            return f"SELECT {star} FROM {source}{where}"
        count = columns or self._chance.randint(1, 3)
        if self._chance.random() < 0.35:
            return self._grouped(source, where, seen, count)
        return self._plain(source, where, seen, [self._value(seen, depth) for _ in range(count)])

    def _plain(self, source: str, where: str, seen: list[str], values: list[str]) -> str:
        first = self._chance.choice(seen)
        distinct = self._chance.choice(("", "", "", "DISTINCT ", f"DISTINCT ON ({first}) "))
        window = self._maybe(f" WINDOW w AS (PARTITION BY {self._name(seen)} ORDER BY {self._name(seen)})", 0.2)
        if window:
            values[-1] = self._chance.choice(
                ("row_number() OVER w", f"sum({self._name(seen)}) OVER w", "rank() OVER w")
            )
        order = f" ORDER BY {first}" if distinct.endswith(") ") else self._maybe(f" ORDER BY {self._name(seen)}", 0.2)
        limit = f" LIMIT {self._chance.randint(1, 4)}" if order and self._chance.random() < 0.6 else ""
        named = ", ".join(f"{value} AS c{number}" for number, value in enumerate(values, 1))
        return f"SELECT {distinct}{named} FROM {source}{where}{window}{order}{limit}"

    def _grouped(self, source: str, where: str, seen: list[str], count: int) -> str:
        key = self._value(seen)
        aggregates = [self._aggregate(seen) for _ in range(count - 1)]
        grouping = self._chance.choice(("1", "c1", key, "ROLLUP (1)", "GROUPING SETS ((c1), ())"))
        having = self._maybe(f" HAVING {self._aggregate(seen)} > 1", 0.3)
        named = "".join(f", {value} AS c{number}" for number, value in enumerate(aggregates, 2))
        return f"SELECT {key} AS c1{named} FROM {source}{where} GROUP BY {grouping}{having}"

    def _aggregate(self, seen: list[str]) -> str:
        value = self._value(seen)
        keep = self._maybe(f" FILTER (WHERE {self._condition(seen, 0)})", 0.3)
        return self._pick(
            lambda: f"count(*){keep}",
            lambda: f"sum({value}){keep}",
            lambda: f"count(DISTINCT {value}){keep}",
            lambda: f"max(length(({value})::text)){keep}",
            lambda: f"percentile_disc(0.5) WITHIN GROUP (ORDER BY {value})",
        )

    def _name(self, seen: list[str]) -> str:
        """Sometimes without its table."""
        column = self._chance.choice(seen)
        return column.split(".")[1] if self._chance.random() < 0.4 else column

    def _value(self, seen: list[str], depth: int = 0) -> str:
        name, other = self._name(seen), self._name(seen)
        simple = (
            lambda: name,
            lambda: name,
            lambda: f"({name} + {other})",
            lambda: f"CASE WHEN {name} > 2 THEN {other} ELSE 0 END",
            lambda: f"coalesce({name}, {other})",
            lambda: f"nullif({name}, 2)",
            lambda: "7",
        )
        if depth < 2:
            return self._pick(*simple)
        return self._pick(
            *simple,
            lambda: f"(SELECT max(i.z) FROM lin.t3 i WHERE i.id = {name})",
            lambda: f"(SELECT count(*) FROM lin.t2 WHERE t2.x = {name})",
            lambda: f"sum({name}) OVER (PARTITION BY {other})",
            lambda: f"length(({_table(seen)}.*)::text)",
            lambda: f"length(row_to_json({_table(seen)})::text)",
            lambda: f"cardinality(array(SELECT z FROM lin.t3 WHERE t3.id < {name}))",
        )

    def _condition(self, seen: list[str], depth: int) -> str:
        name, other = self._name(seen), self._name(seen)
        simple = (lambda: f"{name} > {self._chance.randint(0, 4)}", lambda: f"{name} = {other}")
        if not depth:
            return self._pick(*simple)
        return self._pick(
            *simple,
            lambda: f"EXISTS (SELECT 1 FROM lin.t3 e WHERE e.z = {name})",
            lambda: f"{name} IN (SELECT y FROM lin.t2)",
            lambda: f"{name} NOT IN (SELECT coalesce(z, 1) FROM lin.t3 WHERE t3.id = {other})",
        )

    def _from(self, depth: int) -> list[Item]:
        first = self._item(depth)
        if self._chance.random() < 0.45:
            return [first]
        kind = self._chance.choice(("comma", "on", "using", "natural", "lateral", "function"))
        if kind == "lateral":
            alias, outer = self._alias(), self._chance.choice(first.columns)
            inner = f"SELECT max(i.x) AS m, count(*) AS n FROM lin.t2 i WHERE i.id = {outer}"
            return [Item(f"{first.sql} LEFT JOIN LATERAL ({inner}) {alias} ON true", (*first.columns, f"{alias}.m"))]
        if kind == "function":
            alias, outer = self._alias(), self._chance.choice(first.columns)
            call = self._chance.choice((f"generate_series(1, {outer})", f"unnest(array[{outer}, 2])"))
            return [first, Item(f"{call} AS {alias} (g)", (f"{alias}.g",))]
        second = self._item(depth)
        if kind == "comma":
            return [first, second]
        both = (*first.columns, *second.columns)
        side = self._chance.choice(("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
        if kind == "on":
            one, other = self._chance.choice(first.columns), self._chance.choice(second.columns)
            return [Item(f"{first.sql} {side} {second.sql} ON {one} = {other}", both)]
        if kind == "using":
            return [Item(f"{first.sql} {side} {second.sql} USING (id)", both)]
        return [Item(f"{first.sql} NATURAL {side} {second.sql}", both)]

    def _item(self, depth: int) -> Item:
        alias = self._alias()
        if depth > 1 and self._chance.random() < 0.3:
            count = self._chance.randint(1, 3)
            names = [f"{alias}.c{number}" for number in range(1, count + 1)]
            return Item(f"({self._select(depth - 1, count)}) AS {alias}", tuple(names))
        table = self._chance.choice(list(TABLES))
        return Item(f"{table} AS {alias}", tuple(f"{alias}.{column}" for column in TABLES[table]))


def _table(seen: list[str]) -> str:
    return seen[0].partition(".")[0]
