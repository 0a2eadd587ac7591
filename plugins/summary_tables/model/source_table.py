"""What is known of tables that others fill and summary tables read: `sources/` beside the configs."""

from collections.abc import Mapping
from dataclasses import dataclass

TableKey = tuple[str, str]
"""Schema and name, as the catalog of the warehouse has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumn:
    """`type` is as the file spells it."""

    name: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedAt:
    """The column that says when a row came, and how many hours old its newest value may be."""

    column: str
    within_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A table or view of a schema. `columns` are all that it has; none: nothing is known of them.

    `owner`, where empty, is that of the schema. `asset` is the name or URI of the Airflow asset that fills it.
    """

    name: str
    description: str = ""
    owner: str = ""
    asset: str = ""
    loaded_at: LoadedAt | None = None
    columns: tuple[SourceColumn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceType:
    """A type that somebody made: an enum with its `values`, or a domain over the type `base`."""

    name: str
    values: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSchema:
    """One file of `sources/`. Names are as the catalog of the warehouse has them."""

    schema: str
    description: str = ""
    owner: str = ""
    tables: tuple[SourceTable, ...] = ()
    types: tuple[SourceType, ...] = ()

    def owner_of(self, table: SourceTable) -> str:
        """Who answers for `table`; empty: nobody is named."""
        return table.owner or self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingSources:
    """What stands in the warehouse of tables that were asked for, with comments as descriptions.

    `types`: the enums and domains that their columns have. `closed`: the tables that `role` may not read.
    """

    tables: Mapping[TableKey, SourceTable]
    types: Mapping[TableKey, SourceType]
    closed: frozenset[TableKey] = frozenset()
    role: str = ""
