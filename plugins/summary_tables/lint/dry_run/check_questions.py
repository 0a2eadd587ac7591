"""What a check that names a kind asks of tables and columns, each as a query at its place in the file."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.configs.table_file import SourceQuery
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import FRESH_TABLE
from summary_tables.lint.dry_run.source_map import MappedText, Piece
from summary_tables.lint.facts.named_checks import PlacedCheck
from summary_tables.model.column import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTable:
    """A table that the check names, and its columns that it names, each with its place; no path: the new table."""

    path: YamlPath | None
    table: str
    columns: tuple[tuple[YamlPath, str], ...] = ()


def named_tables(found: PlacedCheck) -> Iterator[NamedTable]:
    """The table that it looks at, then those with which it compares that."""
    check = found.check
    path = (*found.item, "table") if check.looks_at else None
    yield NamedTable(path=path, table=check.looks_at, columns=found.paths_of_columns())
    for other in check.others:
        columns = tuple(((*found.path, key), column) for key, column in other.columns.items())
        yield NamedTable(path=(*found.path, other.key), table=other.table, columns=columns)


def questions(found: PlacedCheck, named: NamedTable, fresh: tuple[Column, ...]) -> Iterator[AskedQuery]:
    """Whether the table is there, then each column. `fresh` are the columns of the new version."""
    table = table_sql(named.table) if named.table else FRESH_TABLE
    if named.path:
        yield question(found, named.path, named.table, f"SELECT 1 AS one FROM {table}", fresh)
    for path, column in named.columns:
        yield question(found, path, column, f"SELECT {column_sql(column)} FROM {table}", fresh)


def question(found: PlacedCheck, path: YamlPath, text: str, sql: str, fresh: tuple[Column, ...]) -> AskedQuery:
    """`sql`, every character of which comes from `text`, which stands at `path`."""
    source = SourceQuery(path=path, role=found.role, text=text, dialect=found.file.dialect)
    whole = MappedText((Piece(text=sql, origin=0, length=max(len(text), 1), is_copied=False),))
    return AskedQuery(source=source, rendered=whole, sql=sql, fresh=fresh)
