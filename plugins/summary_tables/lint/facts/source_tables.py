"""The tables that the queries of a file read, as rules compare them and as people call them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.model.problem import Place
from summary_tables.sql.query import TableRead
from summary_tables.sql.templates import template


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table at one place of a query. `read` has the file's names for `{schema}` and `{table}`."""

    file: TableFile
    query: SourceQuery
    read: TableRead

    @property
    def written(self) -> str:
        """The name as the query has it, placeholders and quotes included; it means the same in other queries."""
        return self.query.text[self.read.offset : self.read.offset + self.read.length]

    @property
    def name(self) -> str:
        """What people call it: `schema.table`, or the table alone where no schema is written."""
        written = self.written
        return written if "{{" in written else f"{self.read.schema}.{self.read.name}".removeprefix(".")

    @property
    def place(self) -> Place:
        return self.file.place_in(self.query, self.read.offset, self.read.length)

    @property
    def is_catalog(self) -> bool:
        """It belongs to the warehouse itself and holds no data of anybody's."""
        if self.read.schema:
            return self.read.schema in CATALOG_SCHEMAS
        return self.read.name.startswith(self.query.dialect.catalog_prefixes)

    def is_same_table(self, other: "Source") -> bool:
        """Both may be one table: a name without schema could stand in any."""
        return self.read.name == other.read.name and (
            self.read.schema == other.read.schema or not self.read.schema or not other.read.schema
        )


CATALOG_SCHEMAS = frozenset({"pg_catalog", "information_schema", "pg_internal"})
"""Those of the warehouse itself."""


def sources(file: TableFile, queries: Iterable[SourceQuery]) -> Iterator[Source]:
    """What `queries` of `file` read, in their order; nothing of those that cannot be read."""
    for query in queries:
        if template.mistakes(query.text, query.dialect):
            continue
        for read in file.tables_read(query):
            yield Source(file=file, query=query, read=read)


def named_sources(file: TableFile, role: Literal["input_check", "output_check"]) -> Iterator[Source]:
    """The tables that checks of one group name beside their kind, in the order of the file."""
    table = file.config.table
    for index, check in enumerate(table.input_check if role == "input_check" else table.output_check):
        if check.looks_at:
            schema, _, name = check.looks_at.partition(".")
            query = SourceQuery(path=(role, index, "table"), role=role, text=check.looks_at, dialect=file.dialect)
            read = TableRead(schema=schema, name=name, offset=0, length=len(check.looks_at))
            yield Source(file=file, query=query, read=read)


def main_sources(file: TableFile) -> tuple[Source, ...]:
    """What `main_sql` reads, tables of the warehouse itself left out."""
    return tuple(source for source in sources(file, (file.main_query,)) if not source.is_catalog)


def by_name(found: Iterable[Source]) -> dict[str, list[Source]]:
    """The places of each table, in the order of the first of each."""
    places: dict[str, list[Source]] = {}
    for source in found:
        places.setdefault(source.name, []).append(source)
    return places
