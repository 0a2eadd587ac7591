"""The queries of one file: described where every table that they read is known, else looked at for their names."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from summary_tables.checks import NoRows
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.answers import check_value, result_columns
from summary_tables.lint.dry_run.catalog import Catalog
from summary_tables.lint.dry_run.check_questions import named_tables, questions
from summary_tables.lint.dry_run.file_queries import FileQueries
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery, FromTable
from summary_tables.lint.dry_run.refusal import STAND_IN, Refusal
from summary_tables.lint.facts.check_queries import CheckRole
from summary_tables.lint.facts.named_checks import PlacedCheck, asked_tables, awaited_tables
from summary_tables.lint.facts.source_tables import CATALOG_SCHEMAS, named_sources, sources
from summary_tables.lint.known_sources import certainty, unknown_tables
from summary_tables.lint.known_sources.column_check import ColumnCheck
from summary_tables.lint.known_sources.known_catalog import KnownCatalog
from summary_tables.lint.known_sources.tables import KnownTable, KnownTables
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Problem, Span
from summary_tables.sql import outside_effects, select_only
from summary_tables.sql.query import TableRead
from summary_tables.sql.templates.error import TemplateError
from summary_tables.text.spelling import nearest

Columns = tuple[Column, ...]
Answer = tuple[Columns | None, list[Finding[Span]]]
"""The columns of a query, a type empty where it is not known (None: nothing is known), and what is wrong with it."""


class Answerer(Protocol):
    """A server that has the known tables. Where it ends in the midst of its work, it says so once, and no more."""

    @property
    def catalog(self) -> Catalog | None:
        """What it knows of functions; None: it cannot be asked any more."""
        ...

    def prepare(self, tables: Iterable[KnownTable]) -> None:
        """Makes the tables that are not there yet. Not while something is asked."""
        ...

    def knows(self, tables: Iterable[KnownTable], asked: AskedQuery) -> bool:
        """Whether it has `tables`, with the types of all that `asked` names in them."""
        ...

    def asking(self, fresh: Columns = ()) -> AbstractContextManager[None]:
        """In it queries are described; `fresh` are the columns of the new version."""
        ...

    def describe(self, sql: str) -> Columns | Refusal | None:
        """None: it cannot be asked any more."""
        ...

    def possible_key(self, refused: Refused, known: KnownTables) -> str:
        """The column by which a query is grouped rightly if it is the primary key of its table; empty: none is."""
        ...

    def declared(self, file: TableFile, columns: Columns) -> list[Finding[YamlPath]]:
        """What the file says of its columns, beside what the query gives."""
        ...

    def named_check(
        self, found: PlacedCheck, fresh: Columns, day: datetime, ask: Callable[[AskedQuery], Answer]
    ) -> list[tuple[AskedQuery, Finding[Span]]]:
        """What is wrong with a check that names a kind."""
        ...


@dataclass(slots=True)
class Said:
    """What is said once, however many queries it concerns."""

    _words: set[str] = field(default_factory=set)

    def first(self, words: str) -> bool:
        """Whether nobody has said it yet; from now on somebody has."""
        is_new = words not in self._words
        self._words.add(words)
        return is_new


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
            return Found(columns=_declared(self.file))
        asked, problems = self._asked([self.file.main_query])
        columns: Columns | None = None
        self._prepare(asked)
        with self._asking():
            for query in asked:
                columns, wrong = self._judged(query)
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
                    yield from self._problems(query, self._judged(query, reads_fresh=is_typed)[1])
                for found in named:
                    yield from self._named_check(found, given, is_typed=is_typed)
                if role == "input_check" and is_typed and fresh and self.answerer:
                    for finding in self.answerer.declared(self.file, fresh):
                        yield self._queries.problem_of_setting(finding)

    @property
    def _queries(self) -> FileQueries:
        return FileQueries(self.file, self.day)

    @property
    def _columns(self) -> ColumnCheck:
        return ColumnCheck(
            known=self.known, catalog=self._catalog, file=self.file, folder=self.folder, sources=self.sources
        )

    @property
    def _catalog(self) -> KnownCatalog:
        asked = self.answerer.catalog if self.answerer else None
        return KnownCatalog(known=self.known, dialect=self.file.dialect, functions_of=asked)

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
        if self.answerer and self.file.dialect.runs_on_postgres:
            self.answerer.prepare([table for query in asked for table in self._tables(query) if table])

    def _asking(self, fresh: Columns = ()) -> AbstractContextManager[None]:
        return self.answerer.asking(fresh) if self.answerer else nullcontext()

    def _judged(self, asked: AskedQuery, *, reads_fresh: bool = False) -> Answer:
        """The answer, and whether its columns are those that the query must have."""
        is_filled_in = asked.rendered.text != asked.source.text
        if is_filled_in and (violation := select_only.violation(asked.sql, asked.source.dialect, rendered=True)):
            return None, [replace(violation, rule="warehouse-query")]
        columns, wrong = self._answer(asked, reads_fresh=reads_fresh)
        is_wrong = any(finding.level == "error" for finding in wrong)
        if columns is None or is_wrong or asked.source.path[-1] == NoRows.KEY:
            return columns, wrong
        if asked.source.role == "main_sql":
            return columns, [*wrong, *result_columns.mistakes(asked, columns)]
        is_typed = all(column.type for column in columns)
        return columns, [*wrong, *(check_value.mistakes(asked, columns) if is_typed else ())]

    def _answer(self, asked: AskedQuery, *, reads_fresh: bool) -> Answer:
        if asked.parsed is None:
            return None, []
        if not all(map(self._find, _read(asked))):
            places = {read.offset for read in _read(asked) if not self._find(read)}
            unknown = [table for table in asked.tables if table.table.offset in places]
            wrong = [finding for table in unknown if (finding := self._unknown(asked, table))]
            return self._by_names(asked, wrong)
        if not self._may_be_described(asked, reads_fresh=reads_fresh) or self.answerer is None:
            return self._by_names(asked)
        answer = self.answerer.describe(asked.sql)
        if answer is None:
            return self._by_names(asked)
        return (answer, []) if isinstance(answer, tuple) else self._refused(asked, answer)

    def _may_be_described(self, asked: AskedQuery, *, reads_fresh: bool) -> bool:
        has_effects = next(iter(outside_effects.calls(asked.sql, asked.source.dialect)), None) is not None
        reads = asked.parsed.tables if asked.parsed else ()
        lacks_fresh = not reads_fresh and any(read.name == STAND_IN for read in reads)
        if self.answerer is None or not self.file.dialect.runs_on_postgres or has_effects or lacks_fresh:
            return False
        return self.answerer.knows([table for table in self._tables(asked) if table], asked)

    def _by_names(self, asked: AskedQuery, wrong: Iterable[Finding[Span]] = ()) -> Answer:
        """What can be said without a server."""
        names = self._columns.names(asked)
        said = list(wrong)
        places = {finding.place.offset for finding in said}
        said += self._columns.mistakes(asked, tuple(name for name in names.wrong if name.offset not in places))
        return None if names.columns is None else tuple(Column(name=name, type="") for name in names.columns), said

    def _refused(self, asked: AskedQuery, refusal: Refusal) -> Answer:
        refused = self._columns.refused(asked, refusal)
        finding = certainty.told(refused)
        if finding and refusal.sqlstate == "42803" and self.answerer:
            finding = self._grouping(refused, finding)
        if finding:
            finding = self._columns.with_place_to_add(refused, finding)
        is_told = finding is not None and (finding.level != "info" or self.said.first(finding.message))
        return self._by_names(asked, [finding] if finding and is_told else [])

    def _grouping(self, refused: Refused, finding: Finding[Span]) -> Finding[Span]:
        """A column beside a primary key in GROUP BY is right; whether a column is one is not known here."""
        key = self.answerer.possible_key(refused, self.known) if self.answerer else ""
        if not key:
            return finding
        message = f"{finding.message}; that is right only where `{key}` is the primary key of its table"
        return replace(finding, level="warning", message=message)

    def _tables(self, asked: AskedQuery) -> Iterator[KnownTable | None]:
        yield from map(self._find, _read(asked))

    def _find(self, read: TableRead) -> KnownTable | None:
        return self.known.find(read.schema, read.name, self.file.dialect)

    def _is_nobodys(self, table: FromTable) -> bool:
        """Nobody can be expected to know it."""
        schema, name = table.table.schema, table.table.name
        own = self.file.config.table
        return (
            self.known.is_hidden(schema, name)
            or schema == self.file.config.settings.warehouse.versions_schema
            or (schema, name) == (own.schema, f"temp_{own.table}")
        )

    def _unknown(self, asked: AskedQuery, table: FromTable) -> Finding[Span] | None:
        if not table.table.schema:
            return self._without_schema(asked, table)
        if self._is_nobodys(table):
            return None
        meant = unknown_tables.meant(table, self.known)
        if meant and self._fits(asked, table, meant):
            return unknown_tables.misspelt(table, meant, self.sources)
        finding = unknown_tables.not_known(table, self.sources)
        return finding if self.said.first(finding.message) else None

    def _without_schema(self, asked: AskedQuery, table: FromTable) -> Finding[Span] | None:
        """Who runs the query decides where it stands, unless one of WITH is meant."""
        if not nearest(table.table.name, asked.ctes):
            return None
        refusal = Refusal(sqlstate="42P01", message="", hint="", offset=table.table.offset)
        return self._columns.explained(self._columns.refused(asked, refusal))

    def _fits(self, asked: AskedQuery, table: FromTable, meant: tuple[str, str]) -> bool:
        """Whether the query would be right if it read the table that is probably meant."""
        found = self.known.find(*meant, self.file.dialect)

        def columns_of(schema: str, name: str) -> tuple[str, ...] | None:
            return found.names if found and (schema, name) == (table.table.schema, table.table.name) else None

        return not self._columns.names(asked, columns_of).wrong

    def _named_check(self, found: PlacedCheck, fresh: Columns, *, is_typed: bool) -> list[Problem]:
        names = {column.name for column in fresh}
        if found.of_column and found.of_column not in names:
            return []  # that the query does not give it has been said of the column

        def ask(asked: AskedQuery) -> Answer:
            return self._answer(asked, reads_fresh=is_typed)

        asked = tuple(_questions(found, fresh))
        if self.answerer and all(
            all(map(self._find, _read(each))) and self._may_be_described(each, reads_fresh=is_typed) for each in asked
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
        types = {column.name: column.type for column in self.file.config.table.columns}
        return columns and tuple(replace(each, type=each.type or types.get(each.name, "")) for each in columns)


_ROLES: tuple[CheckRole, ...] = ("input_check", "output_check")


def _questions(found: PlacedCheck, fresh: Columns) -> Iterator[AskedQuery]:
    for named in named_tables(found):
        yield from questions(found, named, fresh)


def _read(asked: AskedQuery) -> Iterator[TableRead]:
    """The tables of people that the query reads."""
    prefixes = asked.source.dialect.catalog_prefixes
    for read in asked.parsed.tables if asked.parsed else ():
        is_catalog = read.schema in CATALOG_SCHEMAS if read.schema else read.name.startswith(prefixes)
        if not is_catalog and read.name != STAND_IN:
            yield read


def _declared(file: TableFile) -> Columns:
    """The columns of a table that is made of cells."""
    full_name = file.dialect.types.full_name
    return tuple(Column(name=column.name, type=full_name(column.type)) for column in file.config.table.columns)
