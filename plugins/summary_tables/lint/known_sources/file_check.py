"""What is wrong with the queries of one file, beside the tables that are known: `main_sql`, then the checks."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.dry_run.answers import result_columns
from summary_tables.lint.dry_run.check_questions import named_tables, questions
from summary_tables.lint.dry_run.file_queries import FileQueries
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.facts.check_queries import CheckRole
from summary_tables.lint.facts.named_checks import PlacedCheck, asked_tables, awaited_tables
from summary_tables.lint.facts.source_tables import named_sources, sources
from summary_tables.lint.known_sources.answerer import Answer, Answerer, Columns
from summary_tables.lint.known_sources.query_check import QueryCheck, Said
from summary_tables.lint.known_sources.tables import KnownTables
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Problem, Span
from summary_tables.sql.templates.error import TemplateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Of `main_sql`: its columns, None where nothing is known of them, and what is wrong."""

    columns: Columns | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def for_readers(self) -> Columns | None:
        """Whoever reads a table is not blamed for what is wrong with its query."""
        return None if any(problem.level == "error" for problem in self.problems) else self.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """Of one file of `folder`. `sources` is the folder of known sources, as people call it."""

    known: KnownTables
    file: TableFile
    folder: ConfigFolder
    sources: str
    day: datetime
    answerer: Answerer | None
    said: Said

    def main(self) -> Found:
        """What `main_sql` gives. The tables of the folder that it reads have been described."""
        if self.file.config.table.cells:
            return Found(columns=self._declared())
        asked, problems = self._asked([self.file.main_query])
        columns: Columns | None = None
        self._prepare(asked)
        with self._asking():
            for query in asked:
                columns, wrong = self._query.judged(query)
                problems += self._problems(query, wrong)
        if columns is not None and self._differs_from_declared(columns):
            return Found(problems=tuple(problems))
        return Found(columns=self._with_declared_types(columns), problems=tuple(problems))

    def tables_of_checks(self) -> Iterator[str]:
        """The full names of the tables that the checks read."""
        for role in _ROLES:
            queries = self.file.check_queries(role)
            for source in (*sources(self.file, queries), *named_sources(self.file, role)):
                yield source.name
            for found in asked_tables(self.file, role):
                yield from (other.table for other in found.check.others)
        yield from (found.check.looks_at for found in awaited_tables(self.file))

    def checks(self, fresh: Columns | None) -> Iterator[Problem]:
        """What is wrong with the checks; `fresh` are the columns of `main_sql`, None where nothing is known of them."""
        is_typed = fresh is not None and all(column.type for column in fresh) and result_columns.make_a_table(fresh)
        for role in _ROLES:
            given = (fresh or ()) if role == "output_check" else ()
            asked, problems = self._asked(self.file.check_queries(role), given)
            yield from problems
            named = tuple(asked_tables(self.file, role))
            self._prepare([*asked, *(each for found in named for each in _questions(found, given))])
            with self._asking(given if is_typed else ()):
                for query in asked:
                    yield from self._problems(query, self._query.judged(query, reads_fresh=is_typed)[1])
                for found in named:
                    yield from self._named_check(found, given, is_typed=is_typed)
                if role == "input_check" and self.answerer and self._runs_on_postgres:
                    for finding in self.answerer.declared(self.file, (fresh or ()) if is_typed else ()):
                        yield self._queries.problem_of_setting(finding)

    @property
    def _runs_on_postgres(self) -> bool:
        return self.file.dialect.runs_on_postgres

    @property
    def _query(self) -> QueryCheck:
        return QueryCheck(
            known=self.known,
            file=self.file,
            folder=self.folder,
            sources=self.sources,
            answerer=self.answerer,
            said=self.said,
        )

    @property
    def _queries(self) -> FileQueries:
        return FileQueries(self.file, self.day)

    def _asked(self, queries: Iterable[SourceQuery], fresh: Columns = ()) -> tuple[list[AskedQuery], list[Problem]]:
        """`queries` with all filled in, without those of which lint has said that they cannot run."""
        found: list[AskedQuery] = []
        problems: list[Problem] = []
        for query in queries:
            if self._queries.is_refused(query):
                continue
            try:
                found.append(self._queries.asked(query, fresh))
            except TemplateError as error:
                message = f"a template cannot be filled in here, so this query was not tried: {error}"
                finding = Finding(place=Span(0), rule="warehouse-query", level="info", message=message)
                problems.append(self._queries.problem(query, finding))
        return found, problems

    def _problems(self, asked: AskedQuery, wrong: Iterable[Finding[Span]]) -> list[Problem]:
        return [self._queries.problem(asked.source, finding, asked) for finding in wrong]

    def _prepare(self, asked: Iterable[AskedQuery]) -> None:
        if self.answerer and self._runs_on_postgres:
            self.answerer.prepare([table for query in asked for table in self._query.tables(query) if table])

    def _asking(self, fresh: Columns = ()) -> AbstractContextManager[None]:
        return self.answerer.asking(fresh) if self.answerer else nullcontext()

    def _named_check(self, found: PlacedCheck, fresh: Columns, *, is_typed: bool) -> list[Problem]:
        names = {column.name for column in fresh}
        if found.of_column and found.of_column not in names:
            return []  # that the query does not give it has been said of the column

        def ask(asked: AskedQuery) -> Answer:
            return self._query.answer(asked, reads_fresh=is_typed)

        asked = tuple(_questions(found, fresh))
        # The check's own statement reads the new version, also where no column or other table is asked about.
        is_made = is_typed or bool(found.check.looks_at)
        if (
            self.answerer
            and is_made
            and all(
                all(self._query.tables(each)) and self._query.may_be_described(each, reads_fresh=is_typed)
                for each in asked
            )
        ):
            wrong = self.answerer.named_check(found, fresh, self.day, ask)
            return [self._queries.problem(each.source, finding, each) for each, finding in wrong]
        problems: list[Problem] = []
        for each in asked:
            problems += self._problems(each, ask(each)[1])
            if problems and each.source.path[-1] == "table":
                break  # nothing is known of the columns of a table that is none
        return problems

    def _differs_from_declared(self, columns: Columns) -> bool:
        declared = {column.name for column in self.file.config.table.columns}
        return bool(declared) and declared != {column.name for column in columns}

    def _with_declared_types(self, columns: Columns | None) -> Columns | None:
        declared = {column.name: column for column in self._declared()}
        return columns and tuple(each if each.type else declared.get(each.name, each) for each in columns)

    def _declared(self) -> Columns:
        """What the file says, by the full names of types; of one that somebody made and nobody described, none."""
        full_name = self.file.dialect.types.full_name
        columns = self.file.config.table.columns
        found = tuple(Column(name=column.name, type=full_name(column.type) or column.type) for column in columns)
        return self.answerer.with_full_types(found) if self.answerer and self._runs_on_postgres else found


_ROLES: tuple[CheckRole, ...] = ("input_check", "output_check")


def _questions(found: PlacedCheck, fresh: Columns) -> Iterator[AskedQuery]:
    for named in named_tables(found):
        yield from questions(found, named, fresh)
