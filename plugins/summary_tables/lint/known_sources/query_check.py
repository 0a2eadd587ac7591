"""One query of a file: described where every table that it reads is known, else looked at for its names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from summary_tables.checks import NoRows
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.answers import check_value, result_columns
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery, FromTable
from summary_tables.lint.dry_run.refusal import STAND_IN, Refusal
from summary_tables.lint.facts.source_tables import CATALOG_SCHEMAS
from summary_tables.lint.known_sources import certainty, unknown_tables
from summary_tables.lint.known_sources.answerer import Answer, Answerer
from summary_tables.lint.known_sources.column_check import ColumnCheck
from summary_tables.lint.known_sources.known_catalog import KnownCatalog
from summary_tables.lint.known_sources.tables import KnownTable, KnownTables
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Span
from summary_tables.sql import outside_effects, select_only
from summary_tables.sql.query import TableRead
from summary_tables.text.spelling import nearest


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
class QueryCheck:
    """Of the queries of one file of `folder`. `sources` is the folder of known sources, as people call it."""

    known: KnownTables
    file: TableFile
    folder: ConfigFolder
    sources: str
    answerer: Answerer | None
    said: Said

    def judged(self, asked: AskedQuery, *, reads_fresh: bool = False) -> Answer:
        """The answer, and whether its columns are those that the query must have."""
        is_filled_in = asked.rendered.text != asked.source.text
        if is_filled_in and (violation := select_only.violation(asked.sql, asked.source.dialect, rendered=True)):
            return None, [replace(violation, rule="warehouse-query")]
        columns, wrong = self.answer(asked, reads_fresh=reads_fresh)
        is_wrong = any(finding.level == "error" for finding in wrong)
        if columns is None or is_wrong or asked.source.path[-1] == NoRows.KEY:
            return columns, wrong
        if asked.source.role == "main_sql":
            return columns, [*wrong, *result_columns.mistakes(asked, columns)]
        is_typed = all(column.type for column in columns)
        return columns, [*wrong, *(check_value.mistakes(asked, columns) if is_typed else ())]

    def answer(self, asked: AskedQuery, *, reads_fresh: bool) -> Answer:
        """What the query gives, and what is wrong with it; `reads_fresh`: the columns of the new version are known."""
        if asked.parsed is None:
            return None, []
        if not all(map(self._find, _read(asked))):
            places = {read.offset for read in _read(asked) if not self._find(read)}
            unknown = [table for table in asked.tables if table.table.offset in places]
            wrong = [finding for table in unknown if (finding := self._unknown(asked, table))]
            return self._by_names(asked, wrong)
        if not self.may_be_described(asked, reads_fresh=reads_fresh) or self.answerer is None:
            return self._by_names(asked)
        answer = self.answerer.describe(asked.sql)
        if answer is None:
            return self._by_names(asked)
        return (answer, []) if isinstance(answer, tuple) else self._refused(asked, answer)

    def may_be_described(self, asked: AskedQuery, *, reads_fresh: bool) -> bool:
        """Whether the server is asked."""
        has_effects = next(iter(outside_effects.calls(asked.sql, asked.source.dialect)), None) is not None
        reads = asked.parsed.tables if asked.parsed else ()
        lacks_fresh = not reads_fresh and any(read.name == STAND_IN for read in reads)
        if self.answerer is None or not self.file.dialect.runs_on_postgres or has_effects or lacks_fresh:
            return False
        return self.answerer.knows([table for table in self.tables(asked) if table], asked)

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

    def tables(self, asked: AskedQuery) -> Iterator[KnownTable | None]:
        """Those that it reads; None for each that nobody knows."""
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

    @property
    def _columns(self) -> ColumnCheck:
        return ColumnCheck(
            known=self.known, catalog=self._catalog, file=self.file, folder=self.folder, sources=self.sources
        )

    @property
    def _catalog(self) -> KnownCatalog:
        asked = self.answerer.catalog if self.answerer else None
        return KnownCatalog(known=self.known, dialect=self.file.dialect, functions_of=asked)


def _read(asked: AskedQuery) -> Iterator[TableRead]:
    """The tables of people that the query reads."""
    prefixes = asked.source.dialect.catalog_prefixes
    for read in asked.parsed.tables if asked.parsed else ():
        is_catalog = read.schema in CATALOG_SCHEMAS if read.schema else read.name.startswith(prefixes)
        if not is_catalog and read.name != STAND_IN:
            yield read
