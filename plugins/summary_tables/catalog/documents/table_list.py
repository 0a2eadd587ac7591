"""A page of the list, with what it can be filtered by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.documents.table import TableSummary, table_summary
from summary_tables.catalog.listing.facets import FacetValue
from summary_tables.catalog.listing.listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    """Which page of how many."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    total_count: int
    """Tables that fit the search and the filters."""
    page: int
    """From 1."""
    page_size: int
    """Tables on a page that is full."""
    page_count: int
    """At least 1."""
    has_next_page: bool
    """There is a page behind this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """A value that tables have."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    value: str
    """As it is given to the filter."""
    count: int
    """Tables that have it, of those that fit the search and all other filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsDocument:
    """By what the list can be filtered."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    owner: tuple[FacetCount, ...]
    """The most frequent first."""
    schema: tuple[FacetCount, ...]
    """The most frequent first."""
    tag: tuple[FacetCount, ...]
    """The most frequent first."""
    state: tuple[FacetCount, ...]
    """What needs somebody first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableList:
    """A page of the tables that one may read."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    tables: tuple[TableSummary, ...]
    """In the order that was asked for."""
    page_info: PageInfo
    """Which page this is."""
    facets: FacetsDocument
    """What else one could ask for."""
    remarks: tuple[str, ...]
    """What of the question meant nothing and was passed over, in sentences."""
    warehouse_problem: str | None
    """Why the warehouse could not be asked; null: it was."""
    as_of: datetime
    """When this was found out."""


def table_list(
    listing: Listing, read_at: datetime, remarks: tuple[str, ...] = (), warehouse_problem: str = ""
) -> TableList:
    """`read_at`: when what the entries hold was asked for (UTC); `remarks`: those of the address."""
    facets = {name: tuple(map(_count, values)) for name, values in listing.facets.items()}
    return TableList(
        tables=tuple(map(table_summary, listing.entries)),
        page_info=PageInfo(
            total_count=listing.found,
            page=listing.view.page,
            page_size=listing.page_size,
            page_count=listing.pages,
            has_next_page=listing.view.page < listing.pages,
        ),
        facets=FacetsDocument(owner=facets["owner"], schema=facets["schema"], tag=facets["tag"], state=facets["state"]),
        remarks=remarks,
        warehouse_problem=warehouse_problem or None,
        as_of=read_at,
    )


def _count(value: FacetValue) -> FacetCount:
    return FacetCount(value=value.value, count=value.count)
