"""Two tables of one warehouse, cell by cell."""

from dataclasses import dataclass

import psycopg


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`rows` that only one of the two has; `columns` whose values differ; `types` of columns that differ."""

    rows: int
    columns: tuple[str, ...]
    types: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.rows} rows of one only"] if self.rows else []
        parts += [f"columns {', '.join(self.columns)}"] if self.columns else []
        parts += [f"types {', '.join(self.types)}"] if self.types else []
        return "; ".join(parts)


def difference(session: psycopg.Connection, old: str, new: str) -> Difference | None:
    """In what `new` differs from `old`; None: in nothing. Names are as SQL has them."""
    before, after = _columns(session, old), _columns(session, new)
    types = tuple(
        f"{name} {before.get(name, 'missing')} -> {after.get(name, 'missing')}"
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )
    shared = [name for name in before if name in after]
    values = {name: _value(name, before[name], after[name]) for name in shared}
    rows = _different(session, old, new, ", ".join(values.values()))
    columns = tuple(name for name in shared if rows and _different(session, old, new, values[name]))
    return Difference(rows=rows, columns=columns, types=types) if rows or types else None


def _value(name: str, before: str, after: str) -> str:
    """The cell as text; numbers of two types as numbers."""
    quoted = '"{}"'.format(name.replace('"', '""'))
    are_numbers = all(kind.startswith(("int", "bigint", "numeric", "double")) for kind in (before, after))
    return f"{quoted}::numeric" if are_numbers and before != after else f"{quoted}::text"


def _columns(session: psycopg.Connection, relation: str) -> dict[str, str]:
    rows = session.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
        "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (relation,),
    )
    return dict(rows.fetchall())


def _different(session: psycopg.Connection, old: str, new: str, columns: str) -> int:
    def only(one: str, other: str) -> str:
        return f"(SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other})"

    row = session.execute(
        f"SELECT count(*) FROM ({only(old, new)} UNION ALL {only(new, old)}) AS found".encode()
    ).fetchone()
    return int(row[0]) if row else 0
