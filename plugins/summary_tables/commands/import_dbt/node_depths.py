"""How many models lead to each one, and which to themselves. dbt builds no such project; a file may say anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from summary_tables.dbt.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDepths:
    """`depths` by unique id: 1 for what reads nothing, as for sources. `in_circles` has what leads to itself."""

    depths: Mapping[str, int]
    in_circles: frozenset[str]


def node_depths(manifest: Manifest) -> NodeDepths:
    """Without going into each other: there may be any number of models in a row."""
    depths: dict[str, int] = {}
    circles = set[str]()
    for first in manifest.nodes:
        row, waiting = dict[str, None](), [first]
        while waiting:
            at = waiting[-1]
            if at in depths:
                waiting.pop()
                continue
            reads = [each for each in manifest.nodes[at].depends_on if each in manifest.nodes]
            open_ones = [each for each in reads if each not in depths and each not in row and each != at]
            row[at] = None
            if open_ones:
                waiting += open_ones
                continue
            for each in (each for each in reads if each in row):
                names = list(row)
                circles.update(names[names.index(each) :])
            sources = len(reads) < len(manifest.nodes[at].depends_on)
            depths[at] = 1 + max((int(sources), *(depths.get(each, 0) for each in reads)))
            del row[at]
            waiting.pop()
    return NodeDepths(depths=depths, in_circles=frozenset(circles))
