from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.catalog.entry import STATES
from summary_tables.catalog.listing.address import LONGEST_SEARCH, ReadView, from_query, to_query
from summary_tables.catalog.listing.view import SORT_KEYS, Sort, View

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_SEARCH)
VALUES = st.lists(TEXTS.filter(bool), unique=True, max_size=3).map(tuple)
VIEWS = st.builds(
    View,
    search=TEXTS,
    owner=VALUES,
    schema=VALUES,
    tag=VALUES,
    state=st.lists(st.sampled_from(STATES), unique=True, max_size=3).map(tuple),
    sort=st.none() | st.builds(Sort, key=st.sampled_from(SORT_KEYS), descending=st.booleans()),
    page=st.integers(min_value=1, max_value=1_000_000),
)


@given(VIEWS)
def test_whoever_gets_the_address_sees_the_same_view(view: View) -> None:
    assert from_query(to_query(view)) == ReadView(view=view)


@given(
    st.text()
    | st.lists(st.tuples(st.sampled_from(["q", "owner", "state", "sort", "page"]), st.text())).map(
        lambda pairs: urlencode(pairs, errors="replace")
    )
)
def test_any_text_is_a_view_and_stays_it(query: str) -> None:
    read = from_query(query).view
    assert from_query(to_query(read)) == ReadView(view=read)


def test_the_list_as_it_comes_has_no_query() -> None:
    assert to_query(View()) == ""
    assert from_query("") == ReadView(view=View())


def test_address_is_one_that_people_can_read() -> None:
    view = View(search="매출 합계", owner=("growth", "R&D"), state=("failing",), sort=Sort(key="rows", descending=True))
    assert to_query(view.turned_to(2)) == (
        "q=%EB%A7%A4%EC%B6%9C+%ED%95%A9%EA%B3%84&owner=growth&owner=R%26D&state=failing&sort=rows%3Adesc&page=2"
    )


@pytest.mark.parametrize(
    ("query", "view", "remarks"),
    [
        ("?utm_source=slack&owner=&q=nps", View(search="nps"), ()),
        ("owner=a&owner=a&owner=b", View(owner=("a", "b")), ()),
        ("sort=rows", View(sort=Sort(key="rows", descending=True)), ()),
        ("sort=name", View(sort=Sort(key="name")), ()),
        ("owner=who", View(owner=("who",)), ()),
        (
            "state=broken&state=late",
            View(state=("late",)),
            (
                'There is no state "broken"; a state is failing, late, broken_file, warning, never_built, orphaned, '
                "paused, fresh or unknown.",
            ),
        ),
        (
            "sort=size:up",
            View(),
            ('The list cannot be sorted by "size:up"; it can by state, name, last_build, rows or owner.',),
        ),
        ("page=-1", View(), ('There is no page "-1"; this is the first one.',)),
        ("page=٣", View(), ('There is no page "٣"; this is the first one.',)),
        ("page=" + "9" * 5000, View(), (f'There is no page "{"9" * 40}…"; this is the first one.',)),
        ("q=" + "x" * 201, View(search="x" * 200), ("Only the first 200 characters are searched for.",)),
    ],
)
def test_what_means_nothing_is_passed_over_and_said(query: str, view: View, remarks: tuple[str, ...]) -> None:
    assert from_query(query) == ReadView(view=view, remarks=remarks)
