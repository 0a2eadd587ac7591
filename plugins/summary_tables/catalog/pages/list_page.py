"""The list of all tables: what needs somebody on top."""

from collections.abc import Sequence

from summary_tables.catalog.entry import Catalog, State
from summary_tables.catalog.listing.listing import Listing
from summary_tables.catalog.listing.models import found_models
from summary_tables.catalog.listing.search import search_words
from summary_tables.catalog.listing.view import View
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.list_choices import kept_by_search, menus, one_state, page_link, sortings, states
from summary_tables.catalog.pages.list_row import list_row
from summary_tables.catalog.pages.rendering import rendered
from summary_tables.catalog.pages.state_mark import any_was_asked
from summary_tables.text.english import counted
from summary_tables.text.moments import UTC_NAME

_SUMMED: dict[State, str] = {"fresh": "fresh", "failing": "failing", "late": "late"}


def list_page(catalog: Catalog, listing: Listing, links: Links, remarks: Sequence[str] = ()) -> str:
    """HTML, whole. `remarks`: what of the address meant nothing, in sentences."""
    words = search_words(listing.view.search)
    known = any_was_asked(catalog.entries.values())
    return rendered(
        "list.html",
        now=catalog.read_at,
        has_zones=any(entry.zone != UTC_NAME for entry in catalog.entries.values()),
        catalog=catalog,
        listing=listing,
        links=links,
        remarks=remarks,
        total=counted(listing.total, "table"),
        summed=[(listing.states.get(state, 0), word, one_state(state, links)) for state, word in _SUMMED.items()],
        is_known=known,
        states=states(listing, links),
        menus=list(menus(listing, links)),
        sortings=sortings(listing.view, links),
        kept=list(kept_by_search(listing.view)),
        all_tables=links.listing(View()),
        before=page_link(listing, links, -1),
        behind=page_link(listing, links, 1),
        models=found_models(catalog.projects, words) if words else (),
        rows=[list_row(entry, links, words) for entry in listing.entries],
    )
