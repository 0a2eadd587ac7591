"""The graph: marked, with its sources, and no larger than people can read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.pull_request.graph import MOST_NODES, graph
from summary_tables.pull_request.lineage import Lineage
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


def test_large_graph_is_cut() -> None:
    after = Lineage(reads={"a.x": tuple(f"raw.t{n}" for n in range(100))}, waits={"a.x": ()})
    found = graph({"a.x": "changed"}, NOTHING, after)
    assert found.left_out == 101 - MOST_NODES
    assert found.text.count("-->") == MOST_NODES - 1


@given(st.text(max_size=80))
def test_no_name_breaks_out_of_its_label(name: str) -> None:
    text = graph({"a.x": "changed"}, NOTHING, Lineage(reads={"a.x": (name,)}, waits={"a.x": ()})).text
    (label,) = re.findall(r'  t1\["(.*)"\]', text)
    assert len(text.splitlines()) == 6
    assert re.fullmatch(r"(\w|\.|#\d+;)*", label)
