"""What a table is made of and what is made of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from summary_tables.catalog.column_sources import SourceColumn, TableColumnSources
from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.lineage import LineageSide, TableLineage


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageTable:
    """A table that can be reached."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`."""
    distance: int
    """In steps, from 1."""
    is_source: bool
    """No file of a table builds it: others fill it, or a dbt project does."""
    dbt_project: str | None
    """The dbt project of the folder that builds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageDirection:
    """All tables in one direction, the nearest first."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    tables: tuple[LineageTable, ...]
    """As many as are shown."""
    total_count: int
    """As many as there are."""
    truncated: bool
    """There are more than are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageEdge:
    """One table reads another, or waits for it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    upstream: str
    """The table that is read."""
    downstream: str
    """The table that reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReference:
    """A column of another table."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    table: str
    """As the query calls it."""
    column: str
    """`*`: any of that table."""
    is_certain: bool
    """False: the query does not say of which of its tables the column is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLineageDocument:
    """Of what one column is made."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    column: str
    """Of this table."""
    sources: tuple[ColumnReference, ...]
    """None: it is made of no column, as far as is known."""
    unknown: tuple[str, ...]
    """Why there may be more sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageDocument:
    """Tables up and down, and columns one step up; as if tables that one may not read were not there."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`."""
    upstream: LineageDirection
    """What it is made of."""
    downstream: LineageDirection
    """What is made of it."""
    edges: tuple[LineageEdge, ...]
    """Between the tables that are shown."""
    columns: tuple[ColumnLineageDocument, ...]
    """Of what its columns are made."""
    row_sources: tuple[ColumnReference, ...]
    """What decides which rows there are: filters, joins, groups."""
    unknown: str | None
    """Why nothing, or not all, is known of the columns."""


def lineage_document(lineage: TableLineage, columns: TableColumnSources) -> LineageDocument:
    """Of what somebody may see."""
    return LineageDocument(
        full_name=lineage.full_name,
        upstream=direction(lineage.upstream),
        downstream=direction(lineage.downstream),
        edges=edges(lineage),
        columns=tuple(
            ColumnLineageDocument(column=each.column, sources=_references(each.sources), unknown=each.unknown)
            for each in columns.columns
        ),
        row_sources=_references(columns.rows),
        unknown=columns.unknown or None,
    )


def edges(lineage: TableLineage) -> tuple[LineageEdge, ...]:
    """Between the tables that are shown."""
    return tuple(LineageEdge(upstream=up, downstream=down) for up, down in lineage.links)


def direction(side: LineageSide) -> LineageDirection:
    """One side of it."""
    tables = (
        LineageTable(
            full_name=node.full_name, distance=node.level, is_source=node.is_source, dbt_project=node.project or None
        )
        for node in side.nodes
    )
    return LineageDirection(tables=tuple(tables), total_count=side.total, truncated=len(side.nodes) < side.total)


def _references(sources: tuple[SourceColumn, ...]) -> tuple[ColumnReference, ...]:
    return tuple(ColumnReference(table=each.table, column=each.column, is_certain=each.is_certain) for each in sources)
