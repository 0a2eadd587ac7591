"""What somebody may not see is neither named nor counted."""

from dataclasses import replace

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.entry import Catalog, Declaration, Entry, Neighbours, TableState
from summary_tables.catalog.hidden import Hidden, readable
from tests.catalog.made_entries import NOW, declaration, entry, orphan


def linked(full_name: str, reads: tuple[str, ...] = (), read_by: tuple[str, ...] = ()) -> Entry:
    neighbours = Neighbours(reads=reads, read_by=read_by)
    state = TableState(state="fresh", sentence="fresh.")
    return Entry(full_name=full_name, state=state, declaration=declaration(full_name, neighbours))


BROKEN = Entry(
    full_name="broken",
    state=TableState(state="broken_file", sentence="broken."),
    declaration=Declaration(file="dag_configs/broken.yaml", config=None),
)
ENTRIES = (
    linked("a.nps", reads=("raw.answers",), read_by=("a.board", "a.weekly", "a.broken")),
    linked("a.weekly", reads=("nps",), read_by=("a.board",)),
    linked("a.board", reads=("a.nps", "weekly", "a.weekly")),
    entry("a.apart"),
    orphan("a.old"),
    BROKEN,
)
CATALOG = Catalog(entries={each.full_name: each for each in ENTRIES}, read_at=NOW)


def seen(*dag_ids: str) -> dict[str, Neighbours | None]:
    found = readable(CATALOG, dag_ids).entries
    return {name: each.declaration.neighbours if each.declaration else None for name, each in found.items()}


def test_who_may_read_all_sees_all() -> None:
    assert readable(CATALOG, {each.table for each in ENTRIES}) == CATALOG


def test_who_may_read_one_table_sees_that_and_what_others_fill() -> None:
    assert seen("nps") == {"a.nps": Neighbours(reads=("raw.answers",))}
    assert seen("board", "nps") == {
        "a.nps": Neighbours(reads=("raw.answers",), read_by=("a.board",)),
        "a.board": Neighbours(reads=("a.nps",)),
    }


def test_who_may_read_none_sees_an_empty_catalogue() -> None:
    assert seen() == {}
    assert seen("a.nps") == {}


def test_an_orphan_is_seen_by_the_id_of_its_dag() -> None:
    assert seen("old") == {"a.old": None}


def test_names_with_and_without_a_schema() -> None:
    hidden = Hidden(names=frozenset({"a.weekly", "broken"}))
    assert [name for name in ("a.weekly", "weekly", "b.weekly", "broken", "x.broken", "nps") if name in hidden] == [
        "a.weekly",
        "weekly",
        "broken",
        "x.broken",
    ]


SHOP = ProjectEntry(name="shop", file="dag_configs/shop.yaml", owner="growth", runs="as soon as a.nps is published")


def test_a_dbt_project_is_seen_by_whom_its_dag_is_and_names_no_table_that_is_not() -> None:
    found = replace(CATALOG, projects=(SHOP,))
    assert readable(found, {"nps"}).projects == ()
    assert readable(found, {"nps", "shop"}).projects == (SHOP,)
    assert readable(found, {"shop"}).projects == (replace(SHOP, runs="after others"),)


def test_a_dbt_project_is_not_named_to_whom_its_dag_is_not() -> None:
    hidden = Hidden(projects=frozenset({"shop"}))
    named = ("waits for shop.orders: the dbt project shop builds it.", "dag_configs/shop.yaml", "a model of shop, so")
    assert all(map(hidden.named_in, named))
    assert not any(map(hidden.named_in, ("waits for shop.orders.", "shop_2 and the_shop", "reads shop.orders, shop.x")))
