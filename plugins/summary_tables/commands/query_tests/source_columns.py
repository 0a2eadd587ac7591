"""The columns and types of the tables that a query reads, as far as anything is known of them."""

from collections.abc import Iterable, Mapping, Sequence

from summary_tables.commands.query_tests.value_types import type_of_values
from summary_tables.lint.facts.query_tests import QueryTest, Value

Types = Mapping[str, str]
"""The type of each column, in the order of the table."""


def types_of_source(name: str, test: QueryTest, tests: Sequence[QueryTest], known: Mapping[str, Types]) -> Types:
    """The columns of the table `name` in `test`; empty if nothing is known of it.

    What the test itself says comes first, then what other `tests` of its file say, then what is `known` of tables, then
    what fits the values that are given in any of the tests. A known table gets no columns by its values; the type of
    one may be empty in `known`.
    """
    said, values = _said(name, test, tests), _values(name, tests)
    types = {**known.get(name, dict.fromkeys(values, "")), **said}
    return {column: kind or type_of_values(values.get(column, ())) for column, kind in types.items()}


def untold_columns(name: str, test: QueryTest, tests: Sequence[QueryTest], known: Mapping[str, Types]) -> list[str]:
    """The columns of which nobody says the type, and of which every value is NULL."""
    said, values = _said(name, test, tests), _values(name, tests)
    types = {**known.get(name, dict.fromkeys(values, "")), **said}
    return [
        column for column, kind in types.items() if not kind and all(value is None for value in values.get(column, ()))
    ]


def _said(name: str, test: QueryTest, tests: Iterable[QueryTest]) -> Types:
    found: dict[str, str] = {}
    for other in (test, *tests):
        for column, kind in other.types.get(name, {}).items():
            found.setdefault(column, kind)
    return found


def _values(name: str, tests: Iterable[QueryTest]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for test in tests:
        for row in test.given.get(name, ()):
            for column, value in row.items():
                found.setdefault(column, []).append(value)
    return found
