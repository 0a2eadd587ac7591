"""Random tables, with NULLs and repeated values in their keys, columns that come, go and change their type: what the
warehouse counts is what a comparison in Python counts.

`DATA_DIFF_EXAMPLES=2000 pytest tests/warehouse/postgres/test_data_diff_property.py` tries more.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summary_tables.model.column import Column
from summary_tables.model.data_bounds import Bounds
from summary_tables.model.data_diff import DataDiff
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.data_diff.compare import compare
from summary_tables.warehouse.data_diff.key import NO_KEY, Key
from summary_tables.warehouse.data_diff.relation import Relation
from summary_tables.warehouse.session.session import Session, open_session
from tests.warehouse.postgres.data_diff_model import Row, by_key, is_key, whole_rows
from tests.warehouse.postgres.database import BUILDER, WAREHOUSE, Database

EXAMPLES = int(os.environ.get("DATA_DIFF_EXAMPLES", "60"))

_WHOLE = [0, 1, -1, 7, 2_000_000_000]
_FLOATS = [0.0, -0.0, 0.3, 0.1 + 0.2, 1e300, -1e300, 1e-300, float("inf"), float("-inf"), float("nan"), 7.0, 5e-324]
_VALUES: Mapping[str, Sequence[object]] = {
    "integer": _WHOLE,
    "bigint": [*_WHOLE, 9_000_000_000_000_000_000, -9_000_000_000_000_000_000],
    "numeric": ["0", "0.3", "1", "7", "-1", "NaN", "Infinity"],
    "double precision": _FLOATS,
    "text": ["", "a", "A", "é", "e\u0301", "7", "2026-11-21", "나", "🙂"],
    'text COLLATE "C"': ["", "a", "A", "7"],
    "character varying(20)": ["", "a", "A", "7"],
    "date": ["2026-11-21", "2026-11-22"],
    "timestamp with time zone": ["2026-11-21 00:00:00+00", "2026-11-21 09:30:00+00"],
    "boolean": [True, False],
    "jsonb": ['{"a": 1}', "[1, 2]", "[2, 1]", "null"],
    "integer[]": ["{1,2}", "{2,1}", "{}", "{NULL}"],
    "point": ["(1,2)", "(2,1)"],
}
_SAME = [(each, each) for each in _VALUES]
_OTHERS = [
    ("integer", "bigint"),
    ("bigint", "integer"),
    ("numeric", "double precision"),
    ("integer", "text"),
    ("date", "text"),
    ("text", "date"),
]
_TEXTS = [("text", 'text COLLATE "C"'), ("character varying(20)", "text")]
_TYPES = st.sampled_from([*_SAME, *_OTHERS, *_TEXTS])
_KEYS = st.sampled_from([("integer", "integer"), ("text", "text"), ("date", "date"), ("integer", "bigint")])


@dataclass(frozen=True)
class Tables:
    """`types` of the columns that both have, before and after; the rows have them in this order."""

    types: tuple[tuple[str, str], ...]
    key: int
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    only_before: bool
    only_after: bool


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    key = draw(st.integers(0, 2))
    types = (*draw(st.lists(_KEYS, min_size=key, max_size=key)), *draw(st.lists(_TYPES, min_size=1, max_size=3)))
    rows = [draw(st.lists(st.tuples(*(_value(pair[side]) for pair in types)), max_size=8)) for side in (0, 1)]
    # Most rows of real tables stay.
    same = all(old == new for old, new in types)
    kept = draw(st.lists(st.sampled_from(rows[0]), max_size=8)) if same and rows[0] else []
    return Tables(types, key, (*rows[0],), (*rows[1], *kept), draw(st.booleans()), draw(st.booleans()))


def _value(full_type: str) -> st.SearchStrategy[object]:
    return st.none() | st.sampled_from(_VALUES[full_type])


def _stored(session: Session, name: str, found: Tables, side: int) -> Relation:
    rows = (found.before, found.after)[side]
    columns = [Column(name=f"größe {place}", type=pair[side]) for place, pair in enumerate(found.types)]
    if (found.only_before, found.only_after)[side]:
        columns.append(Column(name=f"only {side}", type="integer"))
    definition = ", ".join(f"{identifier(column.name)} {column.type}" for column in columns)
    session.execute(f"CREATE TEMPORARY TABLE {name} ({definition}) ON COMMIT DROP")
    connection: psycopg.Connection[Any] = session.connection
    names = ", ".join(identifier(column.name) for column in columns[: len(found.types)])
    with connection.cursor() as cursor:
        for row in rows:
            marks = ", ".join(["%s"] * len(row))
            cursor.execute(f"INSERT INTO pg_temp.{name} ({names}) VALUES ({marks})".encode(), _sent(row), prepare=False)
    return Relation(sql=f"pg_temp.{name}", columns=tuple(columns))


def _sent(row: Row) -> list[object]:
    return [value if value is None or isinstance(value, bool | float) else str(value) for value in row]


def _compared(session: Session, found: Tables, key: Key, bounds: Bounds) -> DataDiff:
    with session.transaction(keep=False):
        before, after = (_stored(session, f"side_{side}", found, side) for side in (0, 1))
        diff = compare(session, before, after, key, bounds=bounds)
    assert isinstance(diff, DataDiff)
    return diff


def _assert_like_the_model(found: Tables, diff: DataDiff, places: Sequence[int]) -> None:
    expected = by_key(found.before, found.after, found.types, places)
    assert (diff.added, diff.removed, diff.changed) == (expected.added, expected.removed, expected.changed)
    assert (diff.repeated_before, diff.repeated_after) == (expected.repeated_before, expected.repeated_after)
    assert tuple((column.changed, column.noise) for column in diff.columns[len(places) :]) == expected.columns
    assert {example.kind for example in diff.examples} <= {"changed", "added", "removed"}
    assert diff.has_same_rows or diff.examples or expected.repeated_before or expected.repeated_after


def test_counts_are_those_of_a_comparison_in_python(database: Database) -> None:
    database.admin(f"GRANT TEMPORARY ON DATABASE {database.name} TO {BUILDER}")

    @settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(tables())
    def counts(found: Tables) -> None:
        names = [f"größe {place}" for place in range(len(found.types))]
        key = Key(columns=tuple(names[: found.key]), origin="unique") if found.key else NO_KEY
        diff = _compared(session, found, key, Bounds())
        assert (diff.rows_before, diff.rows_after) == (len(found.before), len(found.after))
        assert (diff.compared_before, diff.compared_after) == (len(found.before), len(found.after))
        assert [column.name for column in diff.new_columns] == ["only 1"] * found.only_after
        assert [column.name for column in diff.gone_columns] == ["only 0"] * found.only_before
        if not diff.key:
            assert (diff.added, diff.removed) == whole_rows(found.before, found.after, found.types)
            return
        places = [names.index(name) for name in diff.key]
        assert diff.key_origin == ("unique" if found.key else "found")
        assert diff.key_origin == "unique" or all(
            is_key(rows, found.types, places, side) for side, rows in enumerate((found.before, found.after))
        )
        _assert_like_the_model(found, diff, places)

    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        counts()


def test_noise_of_floating_point(database: Database) -> None:
    """Sums in another order are no change; a real one, also a tiny one, and one from or to nothing, is."""
    database.admin(f"GRANT TEMPORARY ON DATABASE {database.name} TO {BUILDER}")
    pairs: list[tuple[object, object]] = [(0.3, 0.1 + 0.2), (1e200, 1e200 * (1 + 1e-15)), (0.3, 0.30001), (0.0, 1e-17)]
    pairs += [(float("nan"), float("nan")), (float("inf"), float("-inf")), (0.0, -0.0), (None, 0.0), (5e-324, 1e-323)]
    before, after = (tuple((number, pair[side]) for number, pair in enumerate(pairs)) for side in (0, 1))
    double = Tables((("integer", "integer"), ("double precision", "double precision")), 1, before, after, False, False)
    key = Key(columns=("größe 0",), origin="unique")
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        diff = _compared(session, double, key, Bounds())
    assert (diff.columns[1].noise, diff.columns[1].changed, diff.changed) == (2, 5, 5)
    assert by_key(before, after, double.types, [0]).columns == ((5, 2),)


def test_a_sample_has_the_same_keys_of_both_sides(database: Database) -> None:
    """All parts of the sample together are the whole: what one part counts, no other does."""
    database.admin(f"GRANT TEMPORARY ON DATABASE {database.name} TO {BUILDER}")
    before = tuple((number, number) for number in range(200))
    after = tuple((number, number + (number % 10 == 0)) for number in range(20, 220))
    found = Tables((("integer", "bigint"), ("integer", "integer")), 1, before, after, False, False)
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        key = Key(columns=("größe 0",), origin="unique")
        diff = _compared(session, found, key, Bounds(max_rows=50))
        assert (diff.every, diff.rows_before, diff.rows_after) == (4, 200, 200)
        assert 20 < diff.compared_before < 80
        # Of 220 keys 180 are on both sides: were other keys looked at there, few would have a partner.
        assert diff.compared_before - diff.removed > 20
        assert diff.added + diff.removed < 25
        assert diff.changed == diff.columns[1].changed <= 18
