"""One page of the list, as somebody asked for it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from summary_tables.catalog.entry import Entry, State
from summary_tables.catalog.listing.facets import Facets, filtered
from summary_tables.catalog.listing.order import ordered
from summary_tables.catalog.listing.search import Rank, rank, search_words
from summary_tables.catalog.listing.view import View

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`entries` of this page; `found` tables fit the view, of `total` that there are, of which `states` counts how many
    are in each. `view` is what was asked for, with a page that exists; `pages` is at least 1."""

    view: View
    entries: tuple[Entry, ...]
    found: int
    total: int
    pages: int
    page_size: int
    facets: Facets
    states: Mapping[State, int]


def listing(entries: Collection[Entry], view: View, page_size: int = PAGE_SIZE) -> Listing:
    """The page of `view`, of the `entries` that whoever asks may see; the last page where there are fewer."""
    ranks = _ranks(entries, view)
    fitting = filtered((entry for entry in entries if entry.full_name in ranks), view)
    in_order = ordered(fitting.entries, view.sort, ranks)
    pages = max(1, -(-len(in_order) // page_size))
    page = min(view.page, pages)
    return Listing(
        view=replace(view, page=page),
        entries=tuple(in_order[(page - 1) * page_size : page * page_size]),
        found=len(in_order),
        total=len(entries),
        pages=pages,
        page_size=page_size,
        facets=fitting.facets,
        states=Counter(entry.state.state for entry in entries),
    )


def _ranks(entries: Collection[Entry], view: View) -> Mapping[str, Rank]:
    """Of those that the search finds, by full name."""
    words = search_words(view.search)
    ranks = ((entry.full_name, rank(entry, words)) for entry in entries)
    return {name: found for name, found in ranks if found is not None}
