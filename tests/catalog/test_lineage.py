"""What a table is made of and what is made of it."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.catalog.entry import Declaration, Neighbours
from summary_tables.catalog.lineage import LineageSide, TableLineage, lineage_graph, table_lineage
from summary_tables.lint.facts.project_models import ProjectModel
from tests.catalog.made_entries import declaration

READS = {
    "a.nps": ("raw.answers",),
    "a.weekly": ("a.nps", "raw.weeks"),
    "a.board": ("a.weekly", "a.nps"),
    "a.apart": ("raw.answers",),
}


def declared(reads: Mapping[str, tuple[str, ...]]) -> dict[str, Declaration]:
    return {name: declaration(name, Neighbours(reads=read)) for name, read in reads.items()}


def found(name: str, reads: Mapping[str, tuple[str, ...]] = READS, hidden: str = "", most: int = 60) -> TableLineage:
    return table_lineage(lineage_graph(declared(reads)), name, set(reads) - {hidden}, most)


def levels(side: LineageSide) -> dict[str, int]:
    return {node.full_name: node.level for node in side.nodes}


def test_several_levels_both_ways() -> None:
    weekly = found("a.weekly")
    assert levels(weekly.upstream) == {"a.nps": 1, "raw.weeks": 1, "raw.answers": 2}
    assert [node.full_name for node in weekly.upstream.nodes if node.is_source] == ["raw.weeks", "raw.answers"]
    assert levels(weekly.downstream) == {"a.board": 1}
    assert weekly.links == (
        ("a.nps", "a.board"),
        ("a.nps", "a.weekly"),
        ("a.weekly", "a.board"),
        ("raw.answers", "a.nps"),
        ("raw.weeks", "a.weekly"),
    )


def test_a_table_that_one_may_not_see_leaves_no_trace() -> None:
    board = found("a.board", hidden="a.weekly")
    assert levels(board.upstream) == {"a.nps": 1, "raw.answers": 2}
    assert board.upstream.total == 2
    assert board.links == (("a.nps", "a.board"), ("raw.answers", "a.nps"))
    chain = {"a.one": (), "a.two": ("a.one",), "a.three": ("a.two",)}
    assert found("a.one", chain, hidden="a.two").downstream.total == 0


def test_nor_does_it_where_a_query_leaves_its_schema_out() -> None:
    assert levels(found("a.two", {"a.one": (), "a.two": ("one",)}).upstream) == {"a.one": 1}
    assert found("a.two", {"a.one": (), "a.two": ("one",)}, hidden="a.one").upstream.nodes == ()


def test_nor_does_it_where_its_file_cannot_be_read() -> None:
    broken = {**declared({"a.two": ("a.one", "raw.one_more")}), "one": Declaration(file="one.yaml", config=None)}
    graph = lineage_graph(broken)
    assert levels(table_lineage(graph, "a.two", {"a.two", "one"}).upstream) == {"one": 1, "raw.one_more": 1}
    assert levels(table_lineage(graph, "a.two", {"a.two"}).upstream) == {"raw.one_more": 1}


def test_a_cycle_ends() -> None:
    both = found("a.one", {"a.one": ("a.two", "a.one"), "a.two": ("a.one",)})
    assert levels(both.upstream) == levels(both.downstream) == {"a.two": 1}


def test_the_nearest_of_many_are_shown_with_their_number() -> None:
    many = {"a.one": (), **{f"a.reader_{place:03}": ("a.one",) for place in range(499)}, "a.far": ("a.reader_000",)}
    one = found("a.one", many)
    assert len(one.downstream.nodes) == 60
    assert "a.far" not in levels(one.downstream)
    assert one.downstream.cut_words == "500 readers: the nearest 60 are shown."
    assert len(one.links) == 60
    assert one.upstream.cut_words == ""
    up = found("a.far", {"a.far": ("a.x", "a.y"), "a.x": (), "a.y": ()}, most=1).upstream
    assert up.cut_words == "It is made of 2 tables: the nearest 1 is shown."


def test_a_table_of_which_no_file_speaks_has_none() -> None:
    assert found("a.gone") == TableLineage(
        full_name="a.gone",
        upstream=LineageSide(direction="upstream", nodes=(), total=0),
        downstream=LineageSide(direction="downstream", nodes=(), total=0),
        links=(),
    )


NAMES = st.sampled_from([f"a.t{number}" for number in range(7)])
GRAPHS = st.dictionaries(NAMES, st.lists(NAMES, max_size=4, unique=True).map(tuple), min_size=1)


@given(GRAPHS, NAMES, st.sets(NAMES))
def test_what_is_hidden_might_as_well_not_be(reads: Mapping[str, tuple[str, ...]], name: str, hidden: set[str]) -> None:
    hidden -= {name}
    without = {
        table: tuple(read for read in read_tables if read not in hidden or read not in reads)
        for table, read_tables in reads.items()
        if table not in hidden
    }
    assert table_lineage(lineage_graph(declared(reads)), name, reads.keys() - hidden) == found(name, without)


@given(GRAPHS, NAMES, NAMES)
def test_up_is_the_other_way_of_down(reads: Mapping[str, tuple[str, ...]], one: str, other: str) -> None:
    up, down = levels(found(one, reads).upstream), levels(found(other, reads).downstream)
    assert up.get(other) == down.get(one)


PROJECT = (
    ProjectModel(full_name="shop.orders", project="shop", reads=("raw_data.orders", "a.countries")),
    ProjectModel(full_name="shop.totals", project="shop", reads=("shop.orders",)),
)
BESIDE = {"a.countries": ("raw_data.countries",), "a.report": ("shop.totals",)}


def test_lineage_leads_through_the_models_of_a_dbt_project() -> None:
    """From a summary table, through models, to what a project reads: also to another summary table."""
    graph = lineage_graph(declared(BESIDE), PROJECT)
    lineage = table_lineage(graph, "a.report", BESIDE)
    assert [(node.full_name, node.level, node.is_source, node.project) for node in lineage.upstream.nodes] == [
        ("shop.totals", 1, True, "shop"),
        ("shop.orders", 2, True, "shop"),
        ("a.countries", 3, False, ""),
        ("raw_data.orders", 3, True, ""),
        ("raw_data.countries", 4, True, ""),
    ]
    downstream = table_lineage(graph, "a.countries", BESIDE).downstream
    assert [node.full_name for node in downstream.nodes] == ["shop.orders", "shop.totals", "a.report"]


def test_who_may_not_see_a_project_sees_its_models_as_tables_of_others() -> None:
    graph = lineage_graph(declared(BESIDE), PROJECT).of_projects({"another"})
    assert graph == lineage_graph(declared(BESIDE))
    assert [node.full_name for node in table_lineage(graph, "a.report", BESIDE).upstream.nodes] == ["shop.totals"]
    assert table_lineage(graph, "a.countries", BESIDE).downstream.nodes == ()


def test_a_hidden_table_ends_the_lineage_also_behind_a_model() -> None:
    lineage = table_lineage(lineage_graph(declared(BESIDE), PROJECT), "a.report", {"a.report"})
    assert [node.full_name for node in lineage.upstream.nodes] == ["shop.totals", "shop.orders", "raw_data.orders"]
