"""What is said of columns, compared with what a server does: no column changes that is said to be out of reach."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.sql.column_lineage import functions
from summary_tables.sql.column_lineage.origins import ROWS, WHOLE_ROW, ColumnsOf, NotKnown, Origin, QueryOrigins
from summary_tables.sql.column_lineage.query import query_origins
from summary_tables.sql.dialects.registry import dialect_of
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.made_up_queries import TABLES, QueryMaker

_DIALECT = dialect_of("postgres")
_OTHER_VALUES = "nullif((coalesce({column}, 5) * 7 + {id}) % 5, 3)"
_NO_COLUMN = "none"
_ALL_KNOWN: ColumnsOf = TABLES.get
_SOME_KNOWN: ColumnsOf = lambda name: TABLES[name] if name == "lin.t2" else None  # noqa: E731 - a value of a type
_NONE_KNOWN: ColumnsOf = lambda _: None  # noqa: E731 - a value of a type


def set_up(connection: psycopg.Connection[Any]) -> None:
    """Views in which the setting `lin.changed` gives one column other values, and the setting `lin.gone` no rows."""
    connection.execute("CREATE SCHEMA lin")
    connection.execute("CREATE SCHEMA stored")
    for number, (table, columns) in enumerate(TABLES.items()):
        stored = table.replace("lin", "stored")
        values = ", ".join(
            f"nullif(({7 + place} * n + {number}) % 5, 4) AS {name}" for place, name in enumerate(columns)
        )
        connection.execute(f"CREATE TABLE {stored} AS SELECT {values} FROM generate_series(1, 7) AS n".encode())
        shown = ", ".join(
            f"CASE WHEN current_setting('lin.changed') = '{table}.{name}' "
            f"THEN {_OTHER_VALUES.format(column=name, id='coalesce(id, 2)')} ELSE {name} END AS {name}"
            for name in columns
        )
        gone = f"current_setting('lin.changed') <> '{table}.' OR id IS DISTINCT FROM 2"
        connection.execute(f"CREATE VIEW {table} AS SELECT {shown} FROM {stored} WHERE {gone}".encode())


Columns = Sequence[Counter[object]]


def results(connection: psycopg.Connection[Any], query: str, changed: str) -> Columns | None:
    """The values of each column; None where the server refuses the query."""
    connection.execute("SELECT set_config('lin.changed', %s, false)", [changed])
    try:
        cursor = connection.execute(query.encode(), prepare=False)
    except psycopg.Error:
        return None
    rows = cursor.fetchall()
    return [Counter(map(repr, values)) for values in zip(*rows, strict=True)] or [
        Counter() for _ in cursor.description or ()
    ]


def reaches(origin: Origin, table: str, column: str) -> bool:
    named = {use.column for use in origin.uses if use.table == table}
    return bool(origin.unknown) or column in named or (WHOLE_ROW in named and column != ROWS)


@settings(max_examples=250)
@given(seed=st.integers(0, 2**32))
def check(connection: psycopg.Connection[Any], seed: int) -> None:
    query = QueryMaker(random.Random(seed)).query()
    before = results(connection, query, _NO_COLUMN)
    if before is None:
        return
    _counted["queries"] += 1
    told = {name: query_origins(query, _DIALECT, known) for name, known in _KNOWLEDGE.items()}
    assert not isinstance(told["all"], NotKnown), f"{told['all']}: {query}"
    complete = {
        name: origins for name, origins in told.items() if isinstance(origins, QueryOrigins) and origins.is_complete
    }
    for origins in complete.values():
        assert len(origins.columns) == len(before), query
    for table, columns in TABLES.items():
        for column in (*columns, ROWS):
            after = results(connection, query, f"{table}.{column}")
            for place, values in enumerate(after or ()):
                for name, origins in complete.items():
                    value = origins.columns[place].value
                    is_told = reaches(value, table, column) or reaches(origins.rows, table, column)
                    _counted["out of reach"] += not is_told
                    assert is_told or values == before[place], (
                        f"{table}.{column} changes column {place + 1}, not said with {name} columns known: {query}"
                    )


_KNOWLEDGE = {"all": _ALL_KNOWN, "some": _SOME_KNOWN, "none": _NONE_KNOWN}
_counted: Counter[str] = Counter()


def test_no_column_changes_that_is_said_to_be_out_of_reach(database: Database) -> None:
    with database.server.connect(database.name) as connection:
        set_up(connection)
        check(connection)
    assert _counted["queries"] > 100
    assert _counted["out of reach"] > 1_000


def test_whatever_gives_several_rows_is_known_to(database: Database) -> None:
    found = database.admin(
        "SELECT DISTINCT proname::text FROM pg_proc WHERE proretset AND pronamespace = 'pg_catalog'::regnamespace"
    )
    assert len(found) > 50
    assert [name for (name,) in found if not functions.makes_rows(name, _DIALECT)] == []
