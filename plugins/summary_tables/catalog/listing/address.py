"""A view as the query string of an address, and back: what one sends to somebody shows them the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from summary_tables.catalog.entry import STATES, State
from summary_tables.catalog.listing.view import FACET_NAMES, SORT_KEYS, Sort, View, usual_sort
from summary_tables.text.english import any_of
from summary_tables.text.visible import visible

LONGEST_SEARCH: Final = 200
"""Characters; what is typed beyond them is not searched for."""

_LONGEST_SHOWN = 40
_HIGHEST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadView:
    """The view of an address; `remarks` say in whole sentences what of it means nothing and was passed over."""

    view: View
    remarks: tuple[str, ...] = ()


def to_query(view: View) -> str:
    """The query string, without `?`; empty for the list as it comes. `from_query` of it gives `view` again."""
    pairs = [("q", view.search)] if view.search else []
    pairs += [(facet, value) for facet, values in view.chosen.items() for value in values]
    if view.sort:
        pairs.append(("sort", f"{view.sort.key}:{'desc' if view.sort.descending else 'asc'}"))
    if view.page != 1:
        pairs.append(("page", str(view.page)))
    return urlencode(pairs, errors="replace")


def from_query(query: str) -> ReadView:
    """Of any text; never raises. Keys that are not ours, and empty values, mean nothing."""
    given: dict[str, dict[str, None]] = {}
    for key, value in parse_qsl(query.removeprefix("?")):
        given.setdefault(key, {})[value] = None
    remarks: list[str] = []
    facets = {facet: tuple(given.get(facet, ())) for facet in FACET_NAMES if facet != "state"}
    view = View(
        search=_search(_last(given, "q"), remarks),
        **facets,
        state=tuple(_states(given.get("state", {}), remarks)),
        sort=_sort(_last(given, "sort"), remarks),
        page=_page(_last(given, "page"), remarks),
    )
    return ReadView(view=view, remarks=tuple(remarks))


def _last(given: dict[str, dict[str, None]], key: str) -> str:
    return next(reversed(given.get(key, {"": None})))


def _search(text: str, remarks: list[str]) -> str:
    if len(text) > LONGEST_SEARCH:
        remarks.append(f"Only the first {LONGEST_SEARCH} characters are searched for.")
    return text[:LONGEST_SEARCH]


def _states(values: dict[str, None], remarks: list[str]) -> Iterator[State]:
    known: dict[str, State] = {state: state for state in STATES}
    for value in values:
        if state := known.get(value):
            yield state
        else:
            remarks.append(f"There is no state {_shown(value)}; a state is {any_of(STATES)}.")


def _sort(text: str, remarks: list[str]) -> Sort | None:
    written, _, direction = text.partition(":")
    for key in SORT_KEYS:
        if written == key and direction in ("", "asc", "desc"):
            return Sort(key=key, descending=direction == "desc") if direction else usual_sort(key)
    if text:
        remarks.append(f"The list cannot be sorted by {_shown(text)}; it can by {any_of(SORT_KEYS)}.")
    return None


def _page(text: str, remarks: list[str]) -> int:
    if not text:
        return 1
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if 1 <= number <= _HIGHEST_PAGE:
        return number
    remarks.append(f"There is no page {_shown(text)}; this is the first one.")
    return 1


def _shown(text: str) -> str:
    shown = visible(text)
    return f'"{shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"}"'
