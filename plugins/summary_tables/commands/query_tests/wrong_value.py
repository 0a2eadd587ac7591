"""Which type or value of a test the server did not take. Asked only once it has refused something.

What is asked here is asked outside of the transaction of the test, which the refusal has ended.
"""

from summary_tables.commands.query_tests.prepared_test import PreparedTest, problem_at
from summary_tables.commands.query_tests.value_types import written
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.model.problem import Problem
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.type_names import short
from summary_tables.warehouse.session.driver import Connection, DriverError, LostConnectionError, is_idle

_TYPES = "write a type of PostgreSQL, such as integer, numeric, text, boolean, date or timestamp"


def wrong_type(connection: Connection, prepared: PreparedTest) -> Problem | None:
    """The first of the `types` of the file that is no type of the server: they hold for all tests of it."""
    _end_transaction(connection)
    case = prepared.case
    for index, test in enumerate(query_tests(case.file)):
        for table, types in test.types.items():
            for column, kind in types.items():
                if not _is_type(connection, kind):
                    place = case.file.document.span_of_value(("tests", index, "types", table, column))
                    return problem_at(case, place, f"there is no type `{kind}`", _TYPES)
    return None


def wrong_value(connection: Connection, prepared: PreparedTest) -> Problem | None:
    """The first of the given values that is none of its column's type."""
    _end_transaction(connection)
    for source in prepared.sources:
        for index, row in enumerate(source.rows):
            for column, value in row.items():
                kind = source.types[column]
                if not _is_value(connection, written(value), kind):
                    path = ("given", source.name, index, column)
                    return _no_value(prepared, path, written(value), kind, f"of {source.name}")
    return None


def wrong_expectation(connection: Connection, prepared: PreparedTest, column: str, kind: str) -> Problem | None:
    """The first of the values that are expected in `column` that cannot be compared with the type `kind`."""
    _end_transaction(connection)
    for index, row in enumerate(prepared.case.test.expect):
        text = written(row[column])
        if not _is_value(connection, text, comparable(kind)):
            return _no_value(prepared, ("expect", index, column), text, kind, "of the query")
    return None


def comparable(kind: str) -> str:
    """The type as which an expected value is read: 1.5 is no integer, and can be told from one."""
    return "numeric" if kind in ("smallint", "integer", "bigint") else kind


def _no_value(prepared: PreparedTest, path: tuple[str | int, ...], text: str | None, kind: str, whose: str) -> Problem:
    place = prepared.case.file.document.span_of_value(("tests", prepared.case.index, *path))
    message = f"`{text}` is no value of `{path[-1]}` {whose}, whose type is {short(kind)}"
    return problem_at(prepared.case, place, message)


def _end_transaction(connection: Connection) -> None:
    if not is_idle(connection):
        connection.execute("ROLLBACK")


def _is_type(connection: Connection, kind: str) -> bool:
    try:
        connection.execute(f"SELECT NULL::{kind}".encode())
    except LostConnectionError:
        raise
    except DriverError:
        return False
    return True


def _is_value(connection: Connection, text: str | None, kind: str) -> bool:
    if text is None:
        return True
    found = connection.execute(f"SELECT pg_catalog.pg_input_is_valid({literal(text)}, {literal(kind)})".encode())
    return bool(found.fetchall()[0][0])
