"""One file before the warehouse: each of its queries, put there and taken back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain

from summary_tables.checks import NoRows
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.dry_run.answers import (
    check_value,
    explain,
    granted_roles,
    live_columns,
    missing_column,
    missing_table,
    named_check,
    result_columns,
)
from summary_tables.lint.dry_run.answers import columns as declared_columns
from summary_tables.lint.dry_run.catalog import Catalog
from summary_tables.lint.dry_run.file_queries import FileQueries
from summary_tables.lint.dry_run.main_queries import MainQueries, MainQuery, Untried, is_trouble
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import FRESH_SCHEMA, STAND_IN, Refusal
from summary_tables.lint.dry_run.server import Server
from summary_tables.lint.dry_run.server_catalog import ServerCatalog
from summary_tables.lint.dry_run.stand_in_catalog import StandInCatalog
from summary_tables.lint.dry_run.stand_in_right import StandInRight
from summary_tables.lint.facts.check_queries import CheckRole
from summary_tables.lint.facts.named_checks import PlacedCheck, asked_tables, named_checks
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Problem, Span
from summary_tables.sql import outside_effects, select_only
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.server_names import is_the_servers
from summary_tables.sql.table_names import changed, offset_before, relation_changes
from summary_tables.sql.templates.error import TemplateError
from summary_tables.warehouse.session.errors import WarehouseError

Columns = tuple[Column, ...]


class DryFile:
    """One file before the warehouse."""

    def __init__(
        self,
        catalog: ServerCatalog,
        file: TableFile,
        folder: ConfigFolder,
        day: datetime,
        main_queries: MainQueries,
        right: StandInRight,
    ) -> None:
        self._main_queries = main_queries
        self._right = right
        self._catalog = catalog
        self._server = catalog.server
        self._file = file
        self._folder = folder
        self._day = day
        self._queries = FileQueries(file, day)
        self._waiting: dict[Finding[Span], TableFile] = {}
        self.untried: list[Untried] = []
        self.columns: Columns | None = None
        """Those of `main_sql`, once it has been asked; none where it is wrong."""

    @property
    def file(self) -> TableFile:
        return self._file

    @property
    def server(self) -> Server:
        return self._server

    def main_query(self) -> MainQuery:
        """What the warehouse says of it; the first that is asked of a file."""
        columns, found = self._declared() if self._file.config.table.cells else self._describe(self._file.main_query)
        declared = declared_columns.findings(self._server, self._file, columns)
        problems = (*found, *map(self._queries.problem_of_setting, declared))
        names = {column.name for column in self._file.config.table.columns}
        is_certain = (
            columns
            and result_columns.make_a_table(columns)
            and (not names or names == {column.name for column in columns})
            and not any(problem.level == "error" for problem in problems)
        )
        culprit = None if is_certain else self.untried[0].culprit if self.untried else self._file
        return MainQuery(columns=columns, problems=problems, untried=tuple(self.untried), culprit=culprit)

    def _declared(self) -> tuple[Columns, list[Problem]]:
        """Of a table that is made of cells; what is wrong with a type is said with all else of `columns`."""
        columns = self._file.config.table.columns
        types = [column.type for column in columns if column.type]
        answer = self._server.describe(self._server.session.sql.queries.name_types(types)) if types else ()
        if isinstance(answer, Refusal) or len(answer) != len(columns):
            return (), []
        named = zip(columns, answer, strict=True)
        return tuple(Column(name=column.name, type=found.type) for column, found in named), []

    def problems(self) -> Iterator[Problem]:
        with self._server.asking():
            main = self._main_queries.of(self)
            columns, self.untried = main.columns, list(main.untried)
            yield from main.problems
            for query in self._file.check_queries("input_check"):
                yield from self._check(query)
            yield from self._named_checks("input_check")
            live = live_columns.findings(self._server, self._catalog, self._file, columns)
            roles = granted_roles.findings(self._server, self._file)
            for finding in chain(live, roles):
                yield self._queries.problem_of_setting(finding)
        self.columns = columns
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
            fix = self._right.missing_words(error, self._server.role, database)
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
        for found in asked_tables(self._file, role):
            if found.of_column and found.of_column not in names:
                continue  # that the query does not give it has been said of the column
            describe = partial(self._describe_ours, found)
            for asked, mistake in named_check.mistakes(found, fresh, self._day, self._server, self._answer, describe):
                yield from self._problems(asked, [mistake])

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
        return columns, list(self._problems(asked, wrong))

    def _problems(self, asked: AskedQuery, wrong: Iterable[Finding[Span]]) -> Iterator[Problem]:
        for finding in wrong:
            problem = self._queries.problem(asked.source, finding, asked)
            if culprit := self._waiting.get(finding):
                self.untried.append(Untried(culprit=culprit, problem=problem))
            else:
                yield problem

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
            finding = self._explained(asked, answer, self._catalog)
            return self._tried_with_outputs(asked, finding) if _waits(finding) else ((), [finding])
        return answer, list(self._rights(asked))

    def _tried_with_outputs(self, asked: AskedQuery, finding: Finding[Span]) -> tuple[Columns, list[Finding[Span]]]:
        """The answer where the tables that the folder builds are as their files say; else `finding`."""
        outputs = self._outputs(table.full_name for table in asked.tables)
        columns = {name: main.columns for name, main in outputs.items() if not main.culprit}
        answer = self._described_with(asked.sql, columns)
        if isinstance(answer, tuple):
            return answer, list(self._rights(asked))
        if answer:
            catalog = StandInCatalog(warehouse=self._catalog, stand_ins=columns)
            finding = self._explained(asked, answer, catalog)
        if _waits(finding) and self._right.may_make_tables:
            culprit = next((main.culprit for main in outputs.values() if main.culprit), None)
            if culprit:
                finding = replace(finding, fix=f"lint {culprit.name}, too: it says why its own query was not taken")
                self._waiting[finding] = culprit
        return (), [finding]

    def _describe_ours(self, found: PlacedCheck, sql: str) -> Columns | Refusal:
        """What the warehouse says of the statement of a check, which may compare with tables of the folder."""
        answer = self._server.describe(sql, is_ours=True)
        if not isinstance(answer, Refusal) or answer.sqlstate not in _MISSING:
            return answer
        outputs = self._outputs(other.table for other in found.check.others)
        columns = {name: main.columns for name, main in outputs.items() if not main.culprit}
        return self._described_with(sql, columns, is_ours=True) or answer

    def _outputs(self, names: Iterable[str]) -> Mapping[str, MainQuery]:
        """What files give the tables of these names, besides this one."""
        files = (self._folder.by_name[name] for name in dict.fromkeys(names) if name in self._folder.by_name)
        warehouse = self._file.config.settings.warehouse
        others = [file for file in files if file is not self._file and file.config.settings.warehouse == warehouse]
        return self._main_queries.outputs(others, self._folder) if self._right.may_make_tables else {}

    def _described_with(
        self, sql: str, columns: Mapping[str, Columns], *, is_ours: bool = False
    ) -> Columns | Refusal | None:
        """The answer where the tables have these columns, with its place in `sql`; None where they cannot have them."""
        names = {table: f"{STAND_IN}_{number}" for number, table in enumerate(columns, 1)}
        relations = {table: qualified(FRESH_SCHEMA, name) for table, name in names.items()}
        changes = relation_changes(sql, self._file.dialect, relations)
        if not changes or not self._right.may_make_tables:
            return None
        try:
            with self._server.with_tables({names[table]: of_table for table, of_table in columns.items()}):
                answer = self._server.describe(changed(sql, changes), is_ours=is_ours)
        except WarehouseError as error:
            if is_trouble(self._server.session.connection, error):
                raise
            self._right.note(error)
            return None
        if isinstance(answer, Refusal) and answer.offset is not None:
            return replace(answer, offset=offset_before(changes, answer.offset))
        return answer

    def _explained(self, asked: AskedQuery, refusal: Refusal, catalog: Catalog) -> Finding[Span]:
        refused = Refused(refusal=refusal, query=asked, catalog=catalog, file=self._file, folder=self._folder)
        return explain.mistake(refused)

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


_MISSING = ("42P01", "42703")


def _waits(finding: Finding[Span]) -> bool:
    """Whether it says that another file will build what the query reads."""
    return finding.level == "info" and finding.rule in (missing_table.RULE, missing_column.RULE)
