"""Every query of a file, put before the warehouse and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from summary_tables.checks import NoRows
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.dry_run.answers import (
    check_value,
    explain,
    granted_roles,
    live_columns,
    named_check,
    result_columns,
)
from summary_tables.lint.dry_run.answers import columns as declared_columns
from summary_tables.lint.dry_run.columns_table import columns_table
from summary_tables.lint.dry_run.file_queries import FileQueries
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import STAND_IN, Refusal
from summary_tables.lint.dry_run.render import yesterday
from summary_tables.lint.dry_run.server import TROUBLE, Server
from summary_tables.lint.dry_run.server_catalog import ServerCatalog
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.lint.facts.check_queries import CheckRole
from summary_tables.lint.facts.named_checks import named_checks
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Problem, Span
from summary_tables.model.settings import Warehouse
from summary_tables.sql import outside_effects, select_only
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.server_names import is_the_servers
from summary_tables.sql.templates.error import TemplateError
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import open_session

_READ_ONLY_SERVER = "25006"


class DryRun:
    """One connection, used for file after file, and what it has found. `day`: the one that the sample run is about."""

    def __init__(self, connection: Connection, day: datetime | None = None) -> None:
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._connection = connection
        self._day = day or yesterday()
        self._catalogs: dict[Warehouse, ServerCatalog] = {}
        self._no_stand_in = ""

    def __call__(self, file: TableFile, folder: ConfigFolder, known: Sequence[Problem] = ()) -> tuple[Problem, ...]:
        """What the warehouse says of `file`, besides what is `known` to be wrong with it.

        Raises `WarehouseTrouble` where the warehouse cannot be asked; what it refuses else is a problem of this file.
        """
        try:
            catalog = self._catalog(file.config.settings.warehouse)
        except WarehouseError as error:
            raise WarehouseTrouble(str(error)) from None
        found: list[Problem] = []
        asked = _DryFile(self, catalog, file, folder, self._day)
        try:
            found.extend(asked.problems())
        except WarehouseError as error:
            if self._connection.closed or error.sqlstate.startswith(TROUBLE):
                raise WarehouseTrouble(str(error)) from None
            found.append(asked.refusal(error))
        wrong = {problem.line for problem in known if problem.level == "error"}
        return tuple(sorted({problem for problem in found if problem.line not in wrong}))

    def columns_text(self) -> str:
        """The columns that the queries of the files give, for people."""
        return columns_table(self._columns)

    def keep_columns(self, file: TableFile, columns: tuple[Column, ...]) -> None:
        """What the `main_sql` of `file` gives; nothing where it is wrong."""
        self._columns[file.name] = columns

    def explain_missing_stand_in(self, error: WarehouseError, role: str, database: str) -> str:
        """Why no temporary table can be made; empty from the second time on. Raises `error` for other reasons."""
        if error.sqlstate not in (INSUFFICIENT_PRIVILEGE, _READ_ONLY_SERVER) or self._may_make_tables(error):
            raise error
        first, self._no_stand_in = not self._no_stand_in, error.sqlstate
        if not first:
            return ""
        if error.sqlstate == _READ_ONLY_SERVER:
            return "use the address of the server that is written to, not that of a replica"
        return f"an administrator runs: GRANT TEMPORARY ON DATABASE {identifier(database)} TO {identifier(role)};"

    def _may_make_tables(self, error: WarehouseError) -> bool:
        """Another right than that for temporary tables is missing, such as the one for a column's type."""
        if error.sqlstate != INSUFFICIENT_PRIVILEGE:
            return False
        asked = "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')"
        return bool(self._connection.execute(asked).fetchone() == (True,))

    def _catalog(self, warehouse: Warehouse) -> ServerCatalog:
        if warehouse not in self._catalogs:
            with open_session(self._connection, warehouse) as session:
                self._catalogs[warehouse] = ServerCatalog(Server(session))
        return self._catalogs[warehouse]


class _DryFile:
    """One file before the warehouse."""

    def __init__(
        self, run: DryRun, catalog: ServerCatalog, file: TableFile, folder: ConfigFolder, day: datetime
    ) -> None:
        self._run = run
        self._catalog = catalog
        self._server = catalog.server
        self._file = file
        self._folder = folder
        self._day = day
        self._queries = FileQueries(file, day)

    def problems(self) -> Iterator[Problem]:
        with self._server.asking():
            columns, found = self._describe(self._file.main_query)
            yield from found
            for query in self._file.check_queries("input_check"):
                yield from self._check(query)
            yield from self._named_checks("input_check")
            live = live_columns.findings(self._server, self._catalog, self._file, columns)
            roles = granted_roles.findings(self._server, self._file)
            for finding in chain(declared_columns.findings(self._server, self._file, columns), live, roles):
                yield self._queries.problem_of_setting(finding)
        self._run.keep_columns(self._file, columns)
        if self._file.config.table.output_check and columns and result_columns.make_a_table(columns):
            yield from self._output_checks(columns)

    def refusal(self, error: WarehouseError) -> Problem:
        """What is said where the warehouse refused what checking the file needs."""
        message = f"the file was not checked to its end: {error}"
        return self._queries.problem(
            self._file.main_query, Finding(place=Span(0), rule="warehouse-query", message=message)
        )

    def _output_checks(self, columns: tuple[Column, ...]) -> Iterator[Problem]:
        try:
            with self._server.asking(columns):
                for query in self._file.check_queries("output_check"):
                    yield from self._check(query, columns)
                yield from self._named_checks("output_check", columns)
        except WarehouseError as error:
            database = self._server.session.connection.info.dbname
            fix = self._run.explain_missing_stand_in(error, self._server.role, database)
            if fix:
                message = "the output checks were not tried: they need a temporary table, which cannot be made here"
                yield self._queries.problem(
                    self._first_output_check(),
                    Finding(place=Span(0), rule="warehouse-query", level="info", message=message, fix=fix),
                )

    def _first_output_check(self) -> SourceQuery:
        """What stands for all of them: the first query, or else the first kind that is named."""
        named = (found.path for found in named_checks(self._file, "output_check"))
        queries = tuple(self._file.check_queries("output_check"))
        if queries:
            return queries[0]
        return SourceQuery(path=next(named), role="output_check", text="", dialect=self._file.dialect)

    def _named_checks(self, role: CheckRole, fresh: tuple[Column, ...] = ()) -> Iterator[Problem]:
        names = {column.name for column in fresh}
        for found in named_checks(self._file, role):
            if found.of_column and found.of_column not in names:
                continue  # that the query does not give it has been said of the column
            for asked, mistake in named_check.mistakes(found, fresh, self._day, self._server, self._answer):
                yield self._queries.problem(asked.source, mistake, asked)

    def _check(self, query: SourceQuery, fresh: tuple[Column, ...] = ()) -> Iterator[Problem]:
        _, found = self._describe(query, fresh)
        yield from found

    def _describe(self, query: SourceQuery, fresh: tuple[Column, ...] = ()) -> tuple[tuple[Column, ...], list[Problem]]:
        """The columns of `query`, and what is wrong with it."""
        if self._queries.is_refused(query):
            return (), []  # lint has said so, and the server is not to see it
        try:
            asked = self._queries.asked(query, fresh)
        except TemplateError as error:
            message = f"a template cannot be filled in here, so this query was not tried: {error}"
            return (), [
                self._queries.problem(
                    query, Finding(place=Span(0), rule="warehouse-query", level="info", message=message)
                )
            ]
        columns, wrong = self._ask(asked)
        return columns, [self._queries.problem(query, mistake, asked) for mistake in wrong]

    def _ask(self, asked: AskedQuery) -> tuple[tuple[Column, ...], list[Finding[Span]]]:
        if violation := select_only.violation(asked.sql, asked.source.dialect, rendered=True):
            return (), [replace(violation, rule="warehouse-query")]
        answer, wrong = self._answer(asked)
        is_refused = bool(wrong) and not answer
        if is_refused or asked.source.path[-1] == NoRows.KEY:
            return answer, wrong
        mistakes = result_columns.mistakes if asked.source.role == "main_sql" else check_value.mistakes
        return answer, [*wrong, *mistakes(asked, answer)]

    def _answer(self, asked: AskedQuery) -> tuple[tuple[Column, ...], list[Finding[Span]]]:
        for call in outside_effects.calls(asked.sql, asked.source.dialect):
            # To describe a query, the server may run what stands in its constants; and a step would not run it.
            words = outside_effects.words(call.name, asked.source.dialect)
            return (), [Finding(rule="warehouse-query", message=words, place=Span(call.offset, call.length))]
        answer = self._server.describe(asked.sql)
        if isinstance(answer, Refusal):
            refused = Refused(refusal=answer, query=asked, catalog=self._catalog, file=self._file, folder=self._folder)
            return (), [explain.mistake(refused)]
        return answer, list(self._rights(asked))

    def _rights(self, asked: AskedQuery) -> Iterator[Finding[Span]]:
        tables = {(table.table.schema, table.table.name): table for table in reversed(asked.tables)}
        for key, table in reversed(tables.items()):
            if table.table.name != STAND_IN and not self._catalog.may_read(key):
                role = self._server.role
                message = f"the role {role} may not read `{table.full_name}`"
                name = qualified(*key) if key[0] else identifier(key[1])
                grant = f"an administrator runs: GRANT SELECT ON {name} TO {identifier(role)};"
                fix = "" if is_the_servers(table.full_name) else grant
                offset, length = table.table.offset, table.table.length
                yield Finding(rule="warehouse-rights", message=message, fix=fix, place=Span(offset, length))
