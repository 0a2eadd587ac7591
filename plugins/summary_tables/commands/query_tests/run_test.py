"""One test on an open connection, in a transaction that is rolled back."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from summary_tables.commands.query_tests.prepared_test import (
    ImpossibleTestError,
    PreparedTest,
    problem_at,
    problem_of_test,
)
from summary_tables.commands.query_tests.result import Difference, QueryTestResult, ResultRow
from summary_tables.commands.query_tests.row_difference import difference
from summary_tables.commands.query_tests.value_types import written
from summary_tables.commands.query_tests.wrong_value import comparable, wrong_expectation, wrong_type, wrong_value
from summary_tables.lint.facts.query_tests import RowValues
from summary_tables.model.problem import Problem
from summary_tables.model.table_columns import column_problem
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import identifier
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest
from summary_tables.warehouse.session.driver import Connection, DriverError, LostConnectionError
from summary_tables.warehouse.session.errors import Attempt, translated

MOST_ROWS = 10_000
"""A query may return so many rows of a test; nobody writes down more."""

_SECONDS = 10
_OF_TYPES = frozenset({"42804", "42883", "42846", "42725", "42P18"})
"""datatype_mismatch, undefined_function, cannot_coerce, ambiguous_function, indeterminate_datatype"""

_MOST_COLUMNS_NAMED = 5

_UNDEFINED_COLUMN = "42703"
_COLUMNS = (
    "write a column that the table has; one that it has in the warehouse and not here is named in a row of `given` "
    "or in `types`"
)
_CURSOR = "summary_tables_query_test"
_BEGIN = f"BEGIN; SET LOCAL statement_timeout = '{_SECONDS}s'; SET LOCAL timezone = "


def run_test(connection: Connection, prepared: PreparedTest) -> QueryTestResult:
    """`connection` is in autocommit mode; whatever the test does is gone when this returns.

    Raises LostConnectionError where the connection is lost.
    """
    started = time.perf_counter()
    found: Difference | None = None
    problem: Problem | None = None
    try:
        found = _difference(connection, prepared)
    except ImpossibleTestError as error:
        problem = error.problem
    seconds = time.perf_counter() - started
    return QueryTestResult(case=prepared.case, seconds=seconds, difference=found, problem=problem)


def _difference(connection: Connection, prepared: PreparedTest) -> Difference | None:
    expected = prepared.case.test.expect
    with _rolled_back(connection, prepared.case.file.config.table.timezone):
        _fill(connection, prepared)
        types, rows = _result(connection, prepared)
        columns = tuple(expected[0]) if expected else tuple(types)
        _require_known_columns(prepared, columns, tuple(types))
        wanted = _expected_rows(connection, prepared, columns, types)
    places = [list(types).index(column) for column in columns]
    got = [tuple(row[place] for place in places) for row in rows]
    return difference(columns, types, wanted, got)


def result_types(connection: Connection, prepared: PreparedTest) -> Mapping[str, str]:
    """The columns that the query gives, with their types; whatever was made for that is gone when this returns.

    Raises ImpossibleTestError, and LostConnectionError.
    """
    with _rolled_back(connection, prepared.case.file.config.table.timezone):
        _fill(connection, prepared)
        types, _ = _result(connection, prepared)
    return types


@contextmanager
def _rolled_back(connection: Connection, zone: str) -> Iterator[None]:
    connection.execute(f"{_BEGIN}{literal(zone)}".encode())
    try:
        yield
    finally:
        # A lost connection has rolled back by itself.
        with suppress(LostConnectionError):
            connection.execute("ROLLBACK")


def _fill(connection: Connection, prepared: PreparedTest) -> None:
    schemas = dict.fromkeys(source.schema for source in prepared.sources if source.schema not in ("", "public"))
    creating = [*(f"CREATE SCHEMA {identifier(schema)}" for schema in schemas)]
    creating += [source.create for source in prepared.sources]
    try:
        _execute(connection, creating)
    except DriverError as error:
        raise _explained(prepared, error, wrong_type(connection, prepared)) from None
    try:
        _execute(connection, [source.insert for source in prepared.sources if source.insert])
    except DriverError as error:
        raise _explained(prepared, error, wrong_value(connection, prepared)) from None


def _execute(connection: Connection, statements: Sequence[str]) -> None:
    if statements:
        connection.execute("; ".join(statements).encode())


def _explained(prepared: PreparedTest, error: DriverError, problem: Problem | None) -> ImpossibleTestError:
    return ImpossibleTestError(problem) if problem else _impossible(prepared, error)


def _impossible(prepared: PreparedTest, error: DriverError, sql: str = "") -> ImpossibleTestError:
    attempt = Attempt(sql=sql, query=prepared.query, lines=_lines(prepared)) if sql else Attempt()
    words = str(translated(error, attempt))
    fix = _COLUMNS if error.sqlstate == _UNDEFINED_COLUMN and sql else ""
    if error.sqlstate in _OF_TYPES and sql:
        fix = _untold_types(prepared)
    return ImpossibleTestError(problem_of_test(prepared.case, f"{words[:1].lower()}{words[1:]}", fix))


def _untold_types(prepared: PreparedTest) -> str:
    """What to do about columns that count as text because nothing tells their type; empty where there are none."""
    for source in prepared.sources:
        if source.untold:
            types = ", ".join(f"{column}: ..." for column in source.untold[:_MOST_COLUMNS_NAMED])
            are = "the type of {} is" if len(source.untold) == 1 else "the types of {} are"
            what = are.format(quoted(source.untold[:_MOST_COLUMNS_NAMED]))
            return f"{what} not known, as no row has a value there: say it as `types: {{{source.name}: {{{types}}}}}`"
    return ""


def _lines(prepared: PreparedTest) -> tuple[int, ...]:
    """The lines of the file on which those of the query stand; none where filling in its dates changed their number."""
    file, written = prepared.case.file, prepared.case.file.main_query
    starts = [0, *(found.end() for found in re.finditer("\n", written.text.rstrip()))]
    if len(starts) != prepared.query.rstrip().count("\n") + 1:
        return ()
    return tuple(file.place_in(written, start, 0).line for start in starts)


def _result(connection: Connection, prepared: PreparedTest) -> tuple[Mapping[str, str], list[ResultRow]]:
    """The columns of the query with their types, and its rows."""
    sql = f"DECLARE {_CURSOR} NO SCROLL CURSOR FOR {prepared.query}"
    try:
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute(sql.encode(), prepare=True)
        cursor = connection.execute(f"FETCH FORWARD {MOST_ROWS + 1} FROM {_CURSOR}")
        found = cursor.pgresult
        assert found is not None
        names = tuple((found.fname(place) or b"").decode() for place in range(found.nfields))
        if words := column_problem(names):
            raise ImpossibleTestError(problem_of_test(prepared.case, words))
        if found.ntuples > MOST_ROWS:
            words = f"the query returns more than {MOST_ROWS:,} rows; a test is about a few"
            raise ImpossibleTestError(problem_of_test(prepared.case, words))
        types = _type_names(connection, [found.ftype(place) for place in range(found.nfields)])
    except DriverError as error:
        raise _impossible(prepared, error, sql) from None
    rows = [tuple(_text(found.get_value(row, place)) for place in range(found.nfields)) for row in range(found.ntuples)]
    return dict(zip(names, types, strict=True)), [
        tuple(_readable(value, kind) for value, kind in zip(row, types, strict=True)) for row in rows
    ]


def _type_names(connection: Connection, oids: Sequence[int]) -> list[str]:
    """Without their lengths and digits: a value that is compared with them is not cut or rounded."""
    names = ", ".join(f"pg_catalog.format_type({oid}, -1)" for oid in oids)
    return list(connection.execute(f"SELECT {names}".encode()).fetchall()[0])


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def _readable(value: str | None, kind: str) -> str | None:
    """PostgreSQL writes true as `t`, and fills a `char` with blanks that mean nothing."""
    if value is None:
        return None
    if kind == "boolean":
        return {"t": "true", "f": "false"}[value]
    return value.rstrip(" ") if kind in ("bpchar", "character") else value


def _require_known_columns(prepared: PreparedTest, wanted: Sequence[str], names: Sequence[str]) -> None:
    case = prepared.case
    for column in wanted:
        if column not in names:
            near = nearest(column, names)
            place = case.file.document.span_of_key(("tests", case.index, "expect", 0, column))
            fix = f"write `{near}`" if near else f"its columns are {quoted(names)}"
            raise ImpossibleTestError(problem_at(case, place, f"the query gives no column `{column}`", fix))


def _expected_rows(
    connection: Connection, prepared: PreparedTest, columns: Sequence[str], types: Mapping[str, str]
) -> list[ResultRow]:
    """The expected rows, each value as PostgreSQL would write it in a column of its type."""
    rows = prepared.case.test.expect
    values = [_expected_values(connection, prepared, column, types[column], rows) for column in columns]
    return list(zip(*values, strict=True)) if columns else []


def _expected_values(
    connection: Connection, prepared: PreparedTest, column: str, kind: str, rows: Sequence[RowValues]
) -> list[str | None]:
    if not rows:
        return []
    texts = [written(row.get(column)) for row in rows]
    listed = ", ".join(f"({place}, {'NULL' if text is None else literal(text)})" for place, text in enumerate(texts))
    sql = f"SELECT value::{comparable(kind)} FROM (VALUES {listed}) AS expected (place, value) ORDER BY place"
    try:
        found = connection.execute(sql.encode()).pgresult
    except DriverError as error:
        raise _explained(prepared, error, wrong_expectation(connection, prepared, column, kind)) from None
    assert found is not None
    return [_readable(_text(found.get_value(row, 0)), kind) for row in range(found.ntuples)]
