from summary_tables.catalog.listing.view import Sort, View


def test_a_choice_is_made_and_undone() -> None:
    view = View(page=3).toggled("owner", "growth").toggled("state", "late")
    assert view == View(owner=("growth",), state=("late",))
    assert view.toggled("owner", "data").toggled("owner", "growth") == View(owner=("data",), state=("late",))


def test_the_same_order_again_is_the_other_way_round() -> None:
    by_rows = View(page=3).sorted_by("rows")
    assert by_rows == View(sort=Sort(key="rows", descending=True))
    assert by_rows.sorted_by("rows") == View(sort=Sort(key="rows"))
    assert by_rows.sorted_by("name") == View(sort=Sort(key="name"))


def test_a_page_or_an_order_filters_nothing() -> None:
    assert not View(search="  ", sort=Sort(key="name"), page=2).is_filtered
    assert View(search="nps").is_filtered
    assert View(tag=("kpi",)).is_filtered
