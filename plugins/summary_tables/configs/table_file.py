"""One readable file of `dag_configs/`: its config, where everything stands in it, and the queries in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from summary_tables.configs.config import Config
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.problem import WHOLE_FILE, Finding, Place, Span
from summary_tables.sql import parser
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.query import Query, TableRead
from summary_tables.sql.templates import stand_ins

QueryRole = Literal["main_sql", "input_check", "output_check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceQuery:
    """A query as it is written in a file, template pieces included. `path` is its place there."""

    path: YamlPath
    role: QueryRole
    text: str
    dialect: Dialect

    @property
    def parsed(self) -> Query | Finding[Span] | None:
        """See `sql.parser.parse`; template pieces are identifiers of the same length here.

        None, too, where `{% ... %}` or a `{{ ... }}` that may become anything decides what the SQL is, and where there
        is no query.
        """
        if not self.text:
            return None
        text = stand_ins.filled(self.text)
        found = parser.parse(text, self.dialect) if text is not None else None
        if isinstance(found, Finding):
            return None if stand_ins.may_become_more(self.text, self.dialect) else _with_placeholders(found)
        return found


def _with_placeholders(mistake: Finding[Span]) -> Finding[Span]:
    """Words that quote the query quote it as it is written."""
    return replace(
        mistake, message=stand_ins.with_placeholders(mistake.message), fix=stand_ins.with_placeholders(mistake.fix)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A file that its schema allows. It may still break every rule that the schema cannot express."""

    config: Config
    document: YamlDocument

    @property
    def path(self) -> Path:
        return self.config.path

    @property
    def name(self) -> str:
        """What messages call the file."""
        return self.config.file

    @property
    def data(self) -> dict[str, Any]:
        """What the file itself says, without defaults."""
        if not isinstance(self.document.data, dict):
            raise TypeError("the schema lets nothing else through")
        return self.document.data

    @property
    def dialect(self) -> Dialect:
        return self.config.dialect

    @property
    def full_name(self) -> str:
        """`schema.table`."""
        return self.config.table.full_name

    def queries(self) -> Iterator[SourceQuery]:
        """`main_sql`, if any, then those of the input checks, then of the output checks, in the order of the file."""
        if self.config.table.main_sql:
            yield self.main_query
        yield from self.check_queries("input_check")
        yield from self.check_queries("output_check")

    @property
    def main_query(self) -> SourceQuery:
        """Its text is empty where the rows are no query's."""
        return SourceQuery(path=("main_sql",), role="main_sql", text=self.config.table.main_sql, dialect=self.dialect)

    def check_queries(self, role: Literal["input_check", "output_check"]) -> Iterator[SourceQuery]:
        """The queries that the checks of one group spell out."""
        table = self.config.table
        for index, check in enumerate(table.input_check if role == "input_check" else table.output_check):
            if check.IS_QUERY:
                text = self.data[role][index][check.KEY]
                yield SourceQuery(path=(role, index, check.KEY), role=role, text=text, dialect=self.dialect)

    def tables_read(self, query: SourceQuery) -> tuple[TableRead, ...]:
        """The tables that `query` reads, with this file's names for `{schema}` and `{table}`."""
        parsed = query.parsed
        return tuple(map(self._with_names, parsed.tables)) if isinstance(parsed, Query) else ()

    def _with_names(self, read: TableRead) -> TableRead:
        return replace(read, schema=self._filled(read.schema), name=self._filled(read.name))

    def _filled(self, name: str) -> str:
        table = self.config.table
        return name.replace(stand_ins.SCHEMA_NAME, table.schema).replace(stand_ins.TABLE_NAME, table.table)

    def place_of_setting(self, path: YamlPath) -> Place:
        """Where the file says what stands at `path`; the file as a whole where `defaults.yaml` says it."""
        return self.document.span_of_value(path) if path[0] in self.data else WHOLE_FILE

    def place_in(self, query: SourceQuery, offset: int, length: int = 1) -> Place:
        """Where a piece of `query` stands in the file."""
        line, column = self.document.place_in_text(query.path, offset)
        return Place(line, column, length)
