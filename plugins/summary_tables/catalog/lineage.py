"""What a table is made of and what is made of it, through several tables, as far as somebody may see them."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from summary_tables.catalog.entry import Declaration
from summary_tables.catalog.hidden import Hidden
from summary_tables.lint.facts.project_models import ProjectModel
from summary_tables.text.english import counted, plural

MOST_SHOWN: Final = 60
"""Tables on either side; a picture of more says nothing any more."""

Direction = Literal["upstream", "downstream"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageNode:
    """A table, `level` steps away from the one that was asked for. A source is filled by others: it has no file.

    `project` is the dbt project that builds it; empty: none of the folder does.
    """

    full_name: str
    level: int
    is_source: bool = False
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageSide:
    """One direction: the nearest tables, level by level and by name within one, of `total`."""

    direction: Direction
    nodes: tuple[LineageNode, ...]
    total: int

    @property
    def cut_words(self) -> str:
        """What is said where not all of them are shown; else empty."""
        if len(self.nodes) == self.total:
            return ""
        of_them = plural(len(self.nodes), "is", "are")
        if self.direction == "upstream":
            return f"It is made of {counted(self.total, 'table')}: the nearest {len(self.nodes)} {of_them} shown."
        return f"{counted(self.total, 'reader')}: the nearest {len(self.nodes)} {of_them} shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLineage:
    """`links` are the way of the data, from one table to the next, among the tables that are shown."""

    full_name: str
    upstream: LineageSide
    downstream: LineageSide
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageGraph:
    """By full name, what each table of the folder reads or waits for (`reads`), and the other way round (`readers`).

    `projects`: the dbt project of each model that one of the folder builds; these are among the others, too.
    """

    reads: Mapping[str, tuple[str, ...]]
    readers: Mapping[str, tuple[str, ...]]
    projects: Mapping[str, str] = field(default_factory=dict)

    def hidden(self, visible: Collection[str]) -> Hidden:
        """The tables of the folder that are not among `visible`."""
        return Hidden(names=frozenset(self.reads.keys() - self.projects.keys() - set(visible)))

    def of_projects(self, seen: Collection[str]) -> "LineageGraph":
        """The same for somebody who may see these dbt projects: to others, a model is a table that others fill."""
        unseen = {model for model, project in self.projects.items() if project not in seen}
        if not unseen:
            return self
        return LineageGraph(
            reads={name: found for name, found in self.reads.items() if name not in unseen},
            readers={
                name: kept
                for name, found in self.readers.items()
                if (kept := tuple(reader for reader in found if reader not in unseen))
            },
            projects={model: project for model, project in self.projects.items() if model not in unseen},
        )


def lineage_graph(declarations: Mapping[str, Declaration], models: Collection[ProjectModel] = ()) -> LineageGraph:
    """Of all tables, whoever may see them. `models` are those that dbt projects of the folder build."""
    called = {name.rpartition(".")[2]: name for name in declarations}
    reads = {
        name: tuple(dict.fromkeys(_meant(read, declarations, called) for read in declaration.neighbours.reads))
        for name, declaration in declarations.items()
    }
    projects = {model.full_name: model.project for model in models if model.full_name not in reads}
    reads |= {model.full_name: model.reads for model in models if model.full_name in projects}
    readers: dict[str, list[str]] = {}
    for name in sorted(reads):
        for read in reads[name]:
            readers.setdefault(read, []).append(name)
    of_all = {name: tuple(found) for name, found in readers.items()}
    return LineageGraph(reads=reads, readers=of_all, projects=projects)


def _meant(read: str, declarations: Collection[str], called: Mapping[str, str]) -> str:
    """The table of the folder that a query means: also without its schema, or where only the query knows that."""
    table = read.rpartition(".")[2]
    if read in declarations or (table not in declarations and table != read):
        return read
    return called.get(table, read)


def table_lineage(
    graph: LineageGraph, full_name: str, visible: Collection[str], most: int = MOST_SHOWN
) -> TableLineage:
    """That of one table, at most `most` tables on either side.

    A table of the folder that is not `visible` is not there, nor is what only leads through it.
    """
    hidden = graph.hidden(visible)
    upstream = _side(graph, full_name, "upstream", hidden, most)
    downstream = _side(graph, full_name, "downstream", hidden, most)
    shown = {full_name, *(node.full_name for side in (upstream, downstream) for node in side.nodes)}
    links = sorted((read, name) for name in shown for read in graph.reads.get(name, ()) if read in shown)
    return TableLineage(full_name=full_name, upstream=upstream, downstream=downstream, links=tuple(links))


def _side(graph: LineageGraph, full_name: str, direction: Direction, hidden: Hidden, most: int) -> LineageSide:
    steps = graph.reads if direction == "upstream" else graph.readers
    levels = dict(_levels(full_name, steps, hidden))
    nearest = sorted(levels, key=lambda name: (levels[name], name))[:most]
    nodes = (
        LineageNode(
            full_name=name,
            level=levels[name],
            is_source=name not in graph.reads or name in graph.projects,
            project=graph.projects.get(name, ""),
        )
        for name in nearest
    )
    return LineageSide(direction=direction, nodes=tuple(nodes), total=len(levels))


def _levels(start: str, steps: Mapping[str, Iterable[str]], hidden: Hidden) -> Iterator[tuple[str, int]]:
    """How far each table is that can be reached, without `start`."""
    seen, waiting = {start}, deque([(start, 0)])
    while waiting:
        name, level = waiting.popleft()
        for found in steps.get(name, ()):
            if found not in seen and found not in hidden:
                seen.add(found)
                waiting.append((found, level + 1))
                yield found, level + 1
