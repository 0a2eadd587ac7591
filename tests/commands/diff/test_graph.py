"""The graph: marked, with its sources, and no larger than people can read."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.commands.diff.graph import MOST_NODES, graph
from summary_tables.lint.facts.lineage import Lineage
from tests.golden_files import assert_golden

NOTHING = Lineage(reads={}, waits={})


def test_whole_graph() -> None:
    before = Lineage(reads={"a.gone": ("raw.old",)}, waits={"a.gone": ()})
    after = Lineage(
        reads={"a.new": ("a.other", "raw.t"), "a.down": ("a.new", "a.down"), "a.other": ("raw.x",)},
        waits={"a.new": ("a.other",), "a.down": ("a.later",), "a.other": ()},
    )
    found = graph({"a.new": "added", "a.gone": "removed", "a.down": "affected"}, before, after)
    assert found.left_out == 0
    assert_golden("diff/graph.mmd", found.text + "\n")


def test_table_that_is_linked_with_nothing_needs_no_graph() -> None:
    assert graph({"a.x": "added"}, NOTHING, Lineage(reads={"a.x": ()}, waits={"a.x": ()})).text == ""


def test_models_between_tables_are_linked_with_both() -> None:
    """A model that nobody of them reads is not drawn, nor is what only models read."""
    after = Lineage(
        reads={"a.new": ("raw.t",), "a.down": ("m.late", "m.other")},
        waits={"a.new": (), "a.down": ()},
        models={"m.late": ("a.new", "m.other", "m.far"), "m.other": ("raw.x",)},
    )
    text = graph({"a.new": "changed", "a.down": "affected"}, NOTHING, after).text
    names = dict(re.findall(r'^  (t\d+)\["([^"<]+)', text, re.MULTILINE))
    drawn = {(names[source], names[target]) for source, target in re.findall(r"(t\d+) --> (t\d+)", text)}
    assert drawn == {
        ("raw.t", "a.new"),
        ("m.late", "a.down"),
        ("m.other", "a.down"),
        ("a.new", "m.late"),
        ("m.other", "m.late"),
    }


def test_large_graph_is_cut() -> None:
    after = Lineage(reads={"a.x": tuple(f"raw.t{n}" for n in range(100))}, waits={"a.x": ()})
    found = graph({"a.x": "changed"}, NOTHING, after)
    assert (found.marked, found.left_out, found.sources_left_out) == (1, 0, 101 - MOST_NODES)
    assert found.text.count("-->") == MOST_NODES - 1


def test_of_a_long_chain_both_ends_are_drawn() -> None:
    names = [f"a.t{number:02}" for number in range(60)]
    reads = {name: (before,) for before, name in pairwise(["raw.t", *names])}
    found = graph(dict.fromkeys(names, "changed"), NOTHING, Lineage(reads=reads, waits=dict.fromkeys(names, ())))
    drawn = re.findall(r'"a\.t(\d+)<br/>changed"', found.text)
    half = MOST_NODES // 2
    assert sorted(map(int, drawn)) == [*range(half), *range(60 - half, 60)]
    assert (found.marked, found.left_out, found.sources_left_out) == (60, 20, 1)


def test_what_one_table_feeds_never_hides_it() -> None:
    readers = [f"a.r{number:03}" for number in range(100)]
    reads = {**dict.fromkeys(readers, ("b.root",)), "b.root": ()}
    marks = {"b.root": "changed", **dict.fromkeys(readers, "affected")}
    text = graph(marks, NOTHING, Lineage(reads=reads, waits=dict.fromkeys(reads, ()))).text
    assert '"b.root<br/>changed"' in text


def test_tables_that_read_each_other_in_a_ring_are_drawn() -> None:
    names = [f"a.t{number}" for number in range(50)]
    reads = {name: (before,) for before, name in pairwise([names[-1], *names])}
    found = graph(dict.fromkeys(names, "changed"), NOTHING, Lineage(reads=reads, waits=dict.fromkeys(names, ())))
    assert (found.marked, found.left_out) == (50, 10)


@given(st.text(max_size=80))
def test_no_name_breaks_out_of_its_label(name: str) -> None:
    text = graph({"a.x": "changed"}, NOTHING, Lineage(reads={"a.x": (name,)}, waits={"a.x": ()})).text
    (label,) = re.findall(r'  t1\["(.*)"\]', text)
    assert len(text.splitlines()) == 6
    assert re.fullmatch(r"(\w|\.|#\d+;)*", label)
