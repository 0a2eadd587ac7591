from collections.abc import Sequence
from datetime import timedelta
from itertools import chain

import pytest

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.listing.listing import Listing, listing
from summary_tables.catalog.listing.view import Sort, SortKey, View
from tests.catalog.made_entries import build, entry, orphan

ENTRIES = (
    entry("a.mau", owner="growth", live=build("mau", timedelta(hours=1), rows=5)),
    entry("a.nps", "failing", owner="cx", live=build("nps", timedelta(days=1), rows=50)),
    entry("a.channels", "never_built", owner="growth", description="Of the NPS."),
    entry("b.answers", "failing", owner="ads", columns=(("nps", ""),), live=build("answers", rows=500)),
    orphan("b.old"),
)


def names(found: Listing) -> list[str]:
    return [each.full_name for each in found.entries]


def test_what_needs_somebody_comes_first() -> None:
    assert names(listing(ENTRIES, View())) == ["a.nps", "b.answers", "a.channels", "b.old", "a.mau"]


@pytest.mark.parametrize(
    ("key", "ascending"),
    [
        ("state", ["a.nps", "b.answers", "a.channels", "b.old", "a.mau"]),
        ("name", ["a.channels", "a.mau", "a.nps", "b.answers", "b.old"]),
        ("last_build", ["a.nps", "b.answers", "a.mau", "a.channels", "b.old"]),
        ("rows", ["a.mau", "a.nps", "b.answers", "a.channels", "b.old"]),
        ("owner", ["b.answers", "a.nps", "a.channels", "a.mau", "b.old"]),
    ],
)
def test_orders(key: SortKey, ascending: list[str]) -> None:
    assert names(listing(ENTRIES, View(sort=Sort(key=key)))) == ascending


def test_what_is_not_known_comes_last_either_way() -> None:
    descending = View(sort=Sort(key="rows", descending=True))
    assert names(listing(ENTRIES, descending)) == ["b.answers", "a.nps", "a.mau", "a.channels", "b.old"]


def test_the_best_match_comes_first_unless_another_order_is_chosen() -> None:
    assert names(listing(ENTRIES, View(search="nps"))) == ["a.nps", "b.answers", "a.channels"]
    assert names(listing(ENTRIES, View(search="nps", sort=Sort(key="name")))) == ["a.channels", "a.nps", "b.answers"]


def test_facets_count_what_the_search_finds_and_states_all_tables() -> None:
    found = listing(ENTRIES, View(search="nps"))
    assert [(each.value, each.count) for each in found.facets["state"]] == [("failing", 2), ("never_built", 1)]
    assert found.states == {"failing": 2, "never_built": 1, "orphaned": 1, "fresh": 1}
    assert (found.found, found.total) == (3, 5)


def many(number: int) -> Sequence[Entry]:
    return [entry(f"a.table_{place:03}") for place in range(number)]


@pytest.mark.parametrize(
    ("tables", "page", "seen", "pages"),
    [
        (0, 1, (), 1),
        (50, 2, (0, 49, 1), 1),
        (120, 1, (0, 49, 1), 3),
        (120, 3, (100, 119, 3), 3),
        (120, 9, (100, 119, 3), 3),
    ],
)
def test_pages(tables: int, page: int, seen: tuple[int, ...], pages: int) -> None:
    found = listing(many(tables), View(page=page))
    first_last = (names(found)[0], names(found)[-1], found.view.page) if seen else ()
    assert first_last == ((f"a.table_{seen[0]:03}", f"a.table_{seen[1]:03}", seen[2]) if seen else ())
    assert found.pages == pages


def test_no_table_is_on_two_pages_or_on_none() -> None:
    tables = many(23)
    pages = (names(listing(tables, View(page=page), page_size=5)) for page in range(1, 6))
    assert list(chain.from_iterable(pages)) == [each.full_name for each in tables]
