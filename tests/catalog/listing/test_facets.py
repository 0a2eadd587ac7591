from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.catalog.entry import STATES, Entry
from summary_tables.catalog.listing.facets import FacetValue, facet_values, filtered
from summary_tables.catalog.listing.view import FACET_NAMES, FacetName, View
from tests.catalog.made_entries import entry, orphan

ENTRIES = (
    entry("a.one", owner="growth", tags=("kpi",)),
    entry("a.two", "failing", owner="growth", tags=("kpi", "daily")),
    entry("a.three", "late", owner="data"),
    entry("b.four", owner="data", tags=("daily",)),
    orphan("b.five"),
)


def counts(view: View, facet: FacetName, entries: Sequence[Entry] = ENTRIES) -> dict[str, int]:
    return {each.value: each.count for each in filtered(entries, view).facets[facet]}


def test_counts_are_those_of_all_tables_while_nothing_is_chosen() -> None:
    assert counts(View(), "owner") == {"data": 2, "growth": 2}
    assert list(counts(View(), "schema")) == ["a", "b"]
    assert counts(View(), "state") == {"failing": 1, "late": 1, "orphaned": 1, "fresh": 2}
    assert list(counts(View(), "state")) == ["failing", "late", "orphaned", "fresh"]


def test_a_choice_narrows_the_other_facets_and_not_its_own() -> None:
    view = View(owner=("growth",))
    assert counts(view, "owner") == {"data": 2, "growth": 2}
    assert counts(view, "state") == {"failing": 1, "fresh": 1}
    assert counts(view, "schema") == {"a": 2}


def test_several_values_of_a_facet_are_any_of_them_and_several_facets_all() -> None:
    view = View(tag=("kpi", "daily"), schema=("a",))
    assert [each.full_name for each in filtered(ENTRIES, view).entries] == ["a.one", "a.two"]


def test_a_choice_that_nothing_has_any_more_can_be_undone() -> None:
    assert filtered(ENTRIES, View(owner=("gone",))).facets["owner"] == (
        FacetValue(value="data", count=2),
        FacetValue(value="growth", count=2),
        FacetValue(value="gone", count=0, is_chosen=True),
    )


LETTERS = st.sampled_from("abc")
TABLES = st.builds(
    lambda schema, owner, tags, state: entry(f"{schema}.t", state, owner=owner, tags=tuple(tags)),
    LETTERS, LETTERS, st.lists(LETTERS, max_size=3), st.sampled_from(STATES),
)  # fmt: skip
SOME = st.lists(LETTERS, unique=True, max_size=2).map(tuple)
VIEWS = st.builds(
    View, owner=SOME, schema=SOME, tag=SOME, state=st.lists(st.sampled_from(STATES), max_size=2).map(tuple)
)


@given(st.lists(TABLES, max_size=8), VIEWS)
def test_a_count_is_what_one_sees_who_chooses_that_value_alone(tables: list[Entry], view: View) -> None:
    for facet in FACET_NAMES:
        every = {value for table in tables for value in facet_values(table)[facet]}
        seen = {value: len(filtered(tables, only(view, facet, value)).entries) for value in every}
        shown = counts(view, facet, tables)
        assert {value: count for value, count in shown.items() if count} == {
            value: count for value, count in seen.items() if count
        }


def only(view: View, facet: FacetName, value: str) -> View:
    for other in view.chosen[facet]:
        view = view.toggled(facet, other)
    return view.toggled(facet, value)
