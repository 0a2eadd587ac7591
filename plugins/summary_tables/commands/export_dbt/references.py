"""Tables by name in SQL -> `ref` and `source`, so that dbt knows what is built before what."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from summary_tables.commands.export_dbt.column_names import in_sql
from summary_tables.commands.export_dbt.file_names import source_name
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.model.placeholders import fill_names
from summary_tables.model.source_table import TableKey
from summary_tables.sql.query import Query, TableRead
from summary_tables.sql.select_only import without_semicolon
from summary_tables.sql.templates.nodes import names_given
from summary_tables.sql.templates.template import statements
from summary_tables.sql.tokens.lexical import Lexical


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtSql:
    """`text` in dbt's words. `sources` are the tables of others that it reads, `models` those of the project.

    `unknown`: tables whose name has no schema, and so is left as it is. `reads_itself`: it reads what readers see of
    the table of its own file. `is_read`: False where templates decide what the query is, so that names were only
    looked for. `names_columns_with`: a table of which it writes `schema.table.column`.
    """

    text: str
    sources: frozenset[TableKey] = frozenset()
    models: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    reads_itself: bool = False
    is_read: bool = True
    names_columns_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """`models` are the names of the project's models by the full names of their tables."""

    models: Mapping[str, str] = field(default_factory=dict)

    def expression(self, full_name: str) -> str:
        """`ref(...)` or `source(...)`, without braces."""
        if model := self.models.get(full_name):
            return f"ref({_text(model)})"
        schema, _, name = full_name.partition(".")
        return f"source({_text(source_name(schema))}, {_text(source_name(name))})"

    def source_of(self, full_name: str) -> TableKey | None:
        """The table as a source; None where it is a model."""
        if full_name in self.models:
            return None
        schema, _, name = full_name.partition(".")
        return schema, name

    def tables(self, models: Iterable[str]) -> frozenset[str]:
        """The full names of the tables that models are."""
        wanted = frozenset(models)
        return frozenset(full_name for full_name, model in self.models.items() if model in wanted)

    def in_query(self, file: TableFile, query: SourceQuery) -> DbtSql:
        """`query` with all tables that it reads in dbt's words, `{schema}` and `{table}` filled in."""
        table = file.config.table
        reads, taken = tuple(self._reads(file, query)), frozenset(names_given(statements(query.text)))
        # A unit test puts other tables in the place of those that are read, and columns are named by these.
        named = _names_columns_with(query.text, reads)
        is_tested = query.role == "main_sql" and "tests" in file.data and not named
        text, sources, models, unknown, itself = query.text, set[TableKey](), set[str](), set[str](), False
        for read in sorted(reads, key=lambda read: read.offset, reverse=True):
            if read.schema in _CATALOG:
                continue
            fresh = (read.schema, read.name) == (table.schema, f"temp_{table.table}")
            name = table.full_name if fresh else f"{read.schema}.{read.name}"
            if not read.schema and read.name.startswith("pg_"):
                continue
            if not read.schema:
                unknown.add(read.name)
                continue
            itself = itself or (name == table.full_name and not fresh)
            words = "this" if query.role == "main_sql" and name == table.full_name else self.expression(name)
            if words.partition("(")[0] in taken:
                words = f"builtins.{words}"
            if words != "this" and (source := self.source_of(name)):
                sources.add(source)
            elif words != "this":
                models.add(self.models[name])
            behind = text[read.offset + read.length :]
            alias = f" AS {in_sql(read.name)}" if is_tested and _may_have_alias(text, read, behind) else ""
            text = f"{text[: read.offset]}{{{{ {words} }}}}{alias}{behind}"
        return DbtSql(
            text=_ended(fill_names(text, schema=table.schema, table=table.table), file.dialect.lexical),
            sources=frozenset(sources),
            models=frozenset(models),
            unknown=frozenset(unknown),
            reads_itself=itself,
            is_read=isinstance(query.parsed, Query),
            names_columns_with=named,
        )

    def _reads(self, file: TableFile, query: SourceQuery) -> Iterator[TableRead]:
        if isinstance(query.parsed, Query):
            yield from file.tables_read(query)
            return
        for found in _NAMED.finditer(query.text):
            schema, name = found["schema"], found["name"]
            yield TableRead(
                schema=schema, name=name, offset=found.start("schema"), length=found.end("name") - found.start("schema")
            )


def _may_have_alias(sql: str, read: TableRead, behind: str) -> bool:
    """It has none yet."""
    return _NO_ALIAS.match(behind) is not None and not _TABLE.search(sql[: read.offset])


def _names_columns_with(sql: str, reads: Iterable[TableRead]) -> str:
    names = sorted({sql[read.offset : read.offset + read.length] for read in reads if read.schema})
    return next((name for name in names if re.search(rf"(?<![\w.\"]){re.escape(name)}\s*\.", sql)), "")


# What may follow a table that has no alias.
_NO_ALIAS = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:\Z|[,);]|(?:ON|USING|WHERE|GROUP|ORDER|LIMIT|JOIN|LEFT|RIGHT|FULL|INNER|CROSS|NATURAL|UNION|"
    r"INTERSECT|EXCEPT|HAVING|WINDOW|FETCH|OFFSET|TABLESAMPLE)\b)",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\bTABLE\s+\Z", re.IGNORECASE)
_CATALOG = frozenset({"pg_catalog", "information_schema"})
# Only where templates decide what the SQL is: then no parser can tell a table.
_NAMED = re.compile(r"\b(?:FROM|JOIN)\s+(?P<schema>[a-z_]\w*)\.(?P<name>[a-z_]\w*)\b(?!\s*\()", re.IGNORECASE)


def _text(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _ended(sql: str, lexical: Lexical) -> str:
    """Without the semicolon at its end, and with one line break there."""
    return without_semicolon(sql, lexical).rstrip() + "\n"
