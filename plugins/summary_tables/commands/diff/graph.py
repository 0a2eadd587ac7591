"""The tables around a change as a graph in Mermaid, which GitHub draws."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summary_tables.lint.facts.lineage import Lineage

MOST_NODES = 40
MOST_EDGES = 200
_LONGEST_LABEL = 60

_CLASSES = {
    "added": "fill:#dafbe1,stroke:#1a7f37,color:#1f2328,stroke-width:2px",
    "changed": "fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-width:2px",
    "renamed": "fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-width:2px",
    "removed": "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:2px,stroke-dasharray:4",
    "broken": "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:4px",
    "affected": "fill:#ddf4ff,stroke:#0969da,color:#1f2328",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`target` reads `source`; `waits_only`: it is built after it and does not read it."""

    source: str
    target: str
    waits_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """`text` is Mermaid without its fence; empty where there is nothing to draw.

    `left_out` of the `marked` tables have no room, and `sources_left_out` of those that they read.
    """

    text: str
    marked: int
    left_out: int
    sources_left_out: int


def graph(marks: Mapping[str, str], before: Lineage, after: Lineage) -> Graph:
    """The tables in `marks` (full name -> word of `_CLASSES`), most important first, with what they read.

    A table that is gone has the edges that it had. Where there are too many, those are drawn at which rows come in or
    end, and their neighbours.
    """
    edges = [edge for name in marks for edge in _edges_into(name, after if name in after.reads else before)]
    marked = [name for name, _ in sorted(_from_the_ends(marks, edges).items(), key=lambda found: found[1])]
    sources = list(dict.fromkeys(edge.source for edge in edges if edge.source not in marks))
    edges += [
        Edge(source=read, target=model)
        for model in sources
        for read in after.models.get(model, ())
        if read in marks or read in sources
    ]
    shown = {name: f"t{index}" for index, name in enumerate((*marked, *sources)[:MOST_NODES])}
    drawn = [edge for edge in edges if edge.source in shown and edge.target in shown][:MOST_EDGES]
    lines = ("graph LR", *_nodes(shown, marks), *_arrows(drawn, shown), *_classes(shown, marks))
    return Graph(
        text="\n".join(lines) if drawn else "",
        marked=len(marked),
        left_out=sum(name not in shown for name in marked),
        sources_left_out=sum(name not in shown for name in sources),
    )


def _from_the_ends(marks: Mapping[str, str], edges: Sequence[Edge]) -> Mapping[str, int]:
    """How many steps each table is from the nearest at which the rows of this change come in, or end; 0 for few."""
    if len(marks) <= MOST_NODES:
        return dict.fromkeys(marks, 0)
    inner = [(edge.source, edge.target) for edge in edges if edge.source in marks]
    fed, feeding = {target for _, target in inner}, {source for source, _ in inner}
    steps = {name: 0 for name in marks if name not in fed or name not in feeding}
    beside: dict[str, list[str]] = {}
    for source, target in inner:
        beside.setdefault(source, []).append(target)
        beside.setdefault(target, []).append(source)
    waiting = deque(steps)
    while waiting:
        name = waiting.popleft()
        for other in beside.get(name, ()):
            if other not in steps:
                steps[other] = steps[name] + 1
                waiting.append(other)
    return {name: steps.get(name, len(marks)) for name in marks}


def _edges_into(name: str, lineage: Lineage) -> Iterator[Edge]:
    reads, waits = lineage.reads.get(name, ()), lineage.waits.get(name, ())
    yield from (Edge(source=source, target=name) for source in reads if source != name)
    yield from (Edge(source=source, target=name, waits_only=True) for source in waits if source not in reads)


def _nodes(shown: Mapping[str, str], marks: Mapping[str, str]) -> Iterator[str]:
    for name, node in shown.items():
        word = f"<br/>{marks[name]}" if name in marks else ""
        yield f'  {node}["{_label(name)}{word}"]'


def _label(name: str) -> str:
    """`name` with a number in place of each character that Mermaid or HTML could take for its own."""
    short = name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
    return "".join(c if c.isalnum() or c in "_." else f"#{ord(c)};" for c in short)


def _arrows(edges: Iterable[Edge], shown: Mapping[str, str]) -> Iterator[str]:
    for edge in edges:
        arrow = "-.->|waits for|" if edge.waits_only else "-->"
        yield f"  {shown[edge.source]} {arrow} {shown[edge.target]}"


def _classes(shown: Mapping[str, str], marks: Mapping[str, str]) -> Iterator[str]:
    for word, style in _CLASSES.items():
        nodes: Sequence[str] = [shown[name] for name, mark in marks.items() if mark == word and name in shown]
        if nodes:
            yield f"  classDef {word} {style}"
            yield f"  class {','.join(nodes)} {word}"
