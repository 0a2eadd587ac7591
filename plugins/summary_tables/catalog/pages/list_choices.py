"""Where each choice on the list leads: filters, order, other pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.catalog.entry import State
from summary_tables.catalog.listing.facets import FacetValue
from summary_tables.catalog.listing.listing import Listing
from summary_tables.catalog.listing.view import SORT_KEYS, FacetName, SortKey, View
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.words import STATE_WORDS, StateWords

_TITLES: dict[FacetName, str] = {"owner": "Owner", "schema": "Schema", "tag": "Tag"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`address` chooses it, or takes the choice back where it `is_chosen`. `state` where it is one."""

    name: str
    address: str
    count: int
    is_chosen: bool
    state: StateWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`title` is a word such as `Owner`."""

    title: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """Those by which the list is filtered."""
        return tuple(choice for choice in self.choices if choice.is_chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """`address` is empty where the list cannot be sorted so. `now`: `ascending`, `descending` or `none`."""

    address: str
    now: str


def states(listing: Listing, links: Links) -> Filter:
    """The states that some table is in."""
    values = listing.facets["state"]
    return Filter(title="State", choices=tuple(_choice(listing.view, "state", value, links) for value in values))


def menus(listing: Listing, links: Links) -> Iterator[Filter]:
    """The other filters, as far as there is something to choose."""
    for facet, title in _TITLES.items():
        values = listing.facets[facet]
        if len(values) > 1 or any(value.is_chosen for value in values):
            choices = tuple(_choice(listing.view, facet, value, links) for value in values)
            yield Filter(title=title, choices=choices)


def _choice(view: View, facet: FacetName, value: FacetValue, links: Links) -> Choice:
    state = _STATES.get(value.value) if facet == "state" else None
    alone = View() if value.is_chosen else View().toggled(facet, value.value)
    return Choice(
        name=state.word if state else value.value,
        address=links.listing(view.toggled(facet, value.value)) or links.listing(alone),
        count=value.count,
        is_chosen=value.is_chosen,
        state=state,
    )


_STATES: dict[str, StateWords] = dict(STATE_WORDS.items())


def sortings(view: View, links: Links) -> dict[SortKey, Sorting]:
    """By what the list can be sorted."""
    return {key: Sorting(address=links.listing(view.sorted_by(key)), now=_direction(view, key)) for key in SORT_KEYS}


def _direction(view: View, key: SortKey) -> str:
    if view.sort is None or view.sort.key != key:
        return "none"
    return "descending" if view.sort.descending else "ascending"


def kept_by_search(view: View) -> Iterator[tuple[str, str]]:
    """The parameters that go with what is typed."""
    for facet, values in view.chosen.items():
        yield from ((facet, value) for value in values)


def page_link(listing: Listing, links: Links, step: int) -> str:
    """The page before (-1) or behind (1) this one; empty: there is none."""
    page = listing.view.page + step
    return links.listing(listing.view.turned_to(page)) if 1 <= page <= listing.pages else ""


def one_state(state: State, links: Links) -> str:
    """The list of the tables in it."""
    return links.listing(View(state=(state,)))
