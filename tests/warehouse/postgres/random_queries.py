"""Queries over the tables of known sources, of names that mean something at one place and nothing at another."""

from hypothesis import strategies as st

_NAMES = st.sampled_from(("id", "id", "id", "day", "note", "a", "n", "x", "o", "ctid", "count"))
_ALIASES = st.sampled_from(("o", "c", "x", "orders"))
_COLUMNS = st.one_of(_NAMES, _NAMES, st.builds("{}.{}".format, _ALIASES, _NAMES))
_JOINS = ("{}", "{}", "{}", "{}, {}", "{} JOIN {} ON TRUE", "{} JOIN {} USING (id)", "{} NATURAL JOIN {}")
_TABLES = ("shop.orders {}", "shop.customers AS {} (a, n)", "shop.orders", "GENERATE_SERIES(1, 2) {}")
_DEEPEST = 2


@st.composite
def queries(draw: st.DrawFn, depth: int = 0) -> str:
    """One SELECT, maybe with a UNION; most of them are wrong."""
    joins = draw(st.sampled_from(_JOINS))
    sources = joins.format(*(draw(_source(depth)) for _ in range(joins.count("{}"))))
    listed = st.lists(_item(depth), min_size=1, max_size=2).map(", ".join)
    items = draw(st.one_of(listed, listed, listed, st.sampled_from(("*", "o.*, 1 AS a"))))
    where = draw(st.sampled_from(("", " WHERE {} IS NULL"))).format(draw(_COLUMNS))
    rest = (" ORDER BY {}", " UNION ALL SELECT {} FROM shop.orders x ORDER BY {}", "", "")
    end = draw(st.sampled_from(rest)).format(draw(_COLUMNS), draw(_COLUMNS))
    return f"SELECT {items} FROM {sources}{where}{end}"


@st.composite
def _item(draw: st.DrawFn, depth: int) -> str:
    if depth < _DEEPEST and draw(st.integers(0, 9)) == 0:
        return f"(SELECT MAX({draw(_COLUMNS)}::text) FROM {draw(_source(depth))})"
    return draw(_COLUMNS) if draw(st.booleans()) else f"{draw(_COLUMNS)} AS {draw(_NAMES)}"


@st.composite
def _source(draw: st.DrawFn, depth: int) -> str:
    alias = draw(_ALIASES)
    if depth < _DEEPEST and draw(st.integers(0, 3)) == 0:
        return f"{draw(st.sampled_from(('', 'LATERAL ')))}({draw(queries(depth=depth + 1))}) AS {alias}"
    return draw(st.sampled_from(_TABLES)).format(alias)
