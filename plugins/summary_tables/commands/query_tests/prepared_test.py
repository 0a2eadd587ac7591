"""A test -> what is sent to the server: the tables with their rows, and the query of the run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summary_tables.commands.query_tests.result import QueryTestCase
from summary_tables.commands.query_tests.source_columns import Types, types_of_source, untold_columns
from summary_tables.commands.query_tests.value_types import written
from summary_tables.lint.facts.query_tests import QueryTest, RowValues, path_of_test
from summary_tables.model.failure import Refusal
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.runs.render import main_query
from summary_tables.runs.scheduled_dates import run_of_day
from summary_tables.sql import parser
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.query import Query
from summary_tables.sql.quoting import column_list, identifier, qualified
from summary_tables.text.english import listed, quoted
from summary_tables.text.spelling import nearest

RULE = "query-test"
"""What stands in the brackets of a message about a test."""

_CATALOG_SCHEMAS = ("pg_catalog", "information_schema")


class ImpossibleTestError(Exception):
    """The test cannot be run."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A table of a test: its name as `given` has it, its columns with their types, its rows.

    `untold`: the columns whose type nobody says and no value tells.
    """

    name: str
    types: Types
    rows: Sequence[RowValues] = ()
    untold: Sequence[str] = ()

    @property
    def schema(self) -> str:
        """Empty where the query names none."""
        return self.name.rpartition(".")[0]

    @property
    def create(self) -> str:
        """The statement that makes the table, without its rows."""
        columns = ", ".join(f"{identifier(column)} {kind}" for column, kind in self.types.items())
        return f"CREATE TABLE {self._qualified} ({columns})"

    @property
    def insert(self) -> str:
        """The statement that fills it; empty where it has no rows."""
        if not self.rows:
            return ""
        columns = list(dict.fromkeys(column for row in self.rows for column in row))
        if not columns:
            return "; ".join([f"INSERT INTO {self._qualified} DEFAULT VALUES"] * len(self.rows))
        rows = ", ".join(f"({', '.join(_literal(row, column) for column in columns)})" for row in self.rows)
        return f"INSERT INTO {self._qualified} ({column_list(tuple(columns))}) VALUES {rows}"

    @property
    def _qualified(self) -> str:
        schema, _, name = self.name.rpartition(".")
        return qualified(schema, name) if schema else identifier(name)


def _literal(row: RowValues, column: str) -> str:
    text = written(row.get(column))
    return "NULL" if text is None else literal(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedTest:
    """`query` is what a run would send; `sources` are the tables that it reads."""

    case: QueryTestCase
    query: str
    sources: tuple[SourceTable, ...]


def prepared(case: QueryTestCase, tests: Sequence[QueryTest], known: Mapping[str, Types]) -> PreparedTest:
    """`tests`: all of the file. `known`: the columns of tables of which somebody has said more than a test does.

    Raises ImpossibleTestError.
    """
    query = _query(case)
    names = _tables_read(case, query)
    for key in ("given", "types"):
        for name in getattr(case.test, key):
            if name not in names:
                raise ImpossibleTestError(_unread(case, key, name, names))
    sources = tuple(_source(case, name, tests, known) for name in names)
    return PreparedTest(case=case, query=query, sources=sources)


def _query(case: QueryTestCase) -> str:
    table = case.file.config.table
    try:
        query = main_query(table, case.file.dialect, run_of_day(table, case.test.day))
    except ValueError:
        message = f"no calendar has the day {case.test.date}"
        place = case.file.document.span_of_value(("tests", case.index, "date"))
        raise ImpossibleTestError(problem_at(case, place, message)) from None
    if isinstance(query, Refusal):
        raise ImpossibleTestError(problem_of_test(case, query.error))
    return query


def _tables_read(case: QueryTestCase, query: str) -> tuple[str, ...]:
    parsed = parser.parse(query, case.file.dialect)
    if not isinstance(parsed, Query):
        return tuple(case.test.given)
    reads = (read for read in parsed.tables if read.schema not in _CATALOG_SCHEMAS)
    return tuple(dict.fromkeys(f"{read.schema}.{read.name}".removeprefix(".") for read in reads))


def _unread(case: QueryTestCase, key: str, name: str, names: Sequence[str]) -> Problem:
    near = nearest(name, names)
    reads = f"it reads {listed(names)}" if names else "delete it: the query reads no table"
    place = case.file.document.span_of_key(("tests", case.index, key, name))
    message = f"the query reads no table that it calls `{name}`"
    return problem_at(case, place, message, f"write `{near}`" if near else reads)


def _source(case: QueryTestCase, name: str, tests: Sequence[QueryTest], known: Mapping[str, Types]) -> SourceTable:
    types = types_of_source(name, case.test, tests, known)
    if not types:
        fix = f"name those that the query needs: `types: {{{name}: {{id: integer}}}}`"
        message = f"the query reads {name}, and the columns of that table are not known here"
        raise ImpossibleTestError(problem_of_test(case, message, fix))
    rows = case.test.given.get(name, ())
    for problem in _unknown_columns(case, name, types, rows):
        raise ImpossibleTestError(problem)
    return SourceTable(name=name, types=types, rows=rows, untold=untold_columns(name, case.test, tests, known))


def _unknown_columns(case: QueryTestCase, name: str, types: Types, rows: Sequence[RowValues]) -> Iterator[Problem]:
    for index, row in enumerate(rows):
        for column in row:
            if column not in types:
                near = nearest(column, list(types))
                instead = f"write `{near}`" if near else f"its columns are {quoted(types)}"
                place = case.file.document.span_of_key(("tests", case.index, "given", name, index, column))
                only_here = f"`types: {{{name}: {{{column}: text}}}}`"
                fix = f"{instead}; one that it has in the warehouse and not here is added by its type: {only_here}"
                yield problem_at(case, place, f"{name} has no column `{column}`", fix)


def problem_of_test(case: QueryTestCase, message: str, fix: str = "") -> Problem:
    """A problem that has no better place than the name of the test."""
    return problem_at(case, case.file.document.span_of_value(path_of_test(case.index)), message, fix)


def problem_at(case: QueryTestCase, place: Place, message: str, fix: str = "") -> Problem:
    """A problem for which the test cannot be run."""
    words = f'test "{case.test.name}": {message.rstrip(".")}'
    return Problem.of(Finding(place=place, rule=RULE, message=words, fix=fix), case.file.path)
