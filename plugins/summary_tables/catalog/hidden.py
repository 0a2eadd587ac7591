"""Tables that somebody may not see: nothing that is shown may name or count them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.entry import Catalog, Declaration, Entry, Neighbours, State
from summary_tables.model.problem import Problem

_WORD: Final = re.compile(r"\w+")
_DOTTED: Final = re.compile(r"[\w.]+")
_IN_GENERAL: Final = "something is wrong that has to do with a table which you may not see"
_SENTENCES: Final[dict[State, str]] = {
    "broken_file": f"Broken file: {_IN_GENERAL}",
    "late": f"Late: {_IN_GENERAL}",
}


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """`names`: full ones, without a schema where that of a file which cannot be read is not known.

    `projects`: the names of dbt projects, which are those of their files.
    """

    names: frozenset[str] = field(default_factory=frozenset)
    projects: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.names or self.projects)

    def __contains__(self, name: str) -> bool:
        """Whether `name`, with or without a schema, may be one of them."""
        return name in self.names or name in self._without_schema or _table(name) in self.names

    def named_in(self, text: str) -> bool:
        """Whether one of them is named in `text`, with or without its schema."""
        if self.projects and not self._files.isdisjoint(word.rstrip(".") for word in _DOTTED.findall(text)):
            return True
        return not self._without_schema.isdisjoint(_WORD.findall(text))

    @cached_property
    def _files(self) -> frozenset[str]:
        """A project may be called as a schema, which is no secret: `shop.orders` does not name it."""
        return frozenset(name for project in self.projects for name in (project, f"{project}.yaml"))

    @cached_property
    def _without_schema(self) -> frozenset[str]:
        return frozenset(map(_table, self.names))


def readable(catalog: Catalog, dag_ids: Collection[str]) -> Catalog:
    """The part of `catalog` that somebody may see who may read these DAGs: no other table is left in it, nor among the
    neighbours of those that are."""
    allowed = frozenset(dag_ids)
    hidden = Hidden(
        names=frozenset(name for name, entry in catalog.entries.items() if entry.table not in allowed),
        projects=frozenset(each.name for each in catalog.projects if each.name not in allowed),
    )
    entries = {name: _without(entry, hidden) for name, entry in catalog.entries.items() if name not in hidden.names}
    problems = tuple(problem for problem in catalog.folder_problems if not _is_about(problem, hidden))
    projects = tuple(_seen_project(each, hidden) for each in catalog.projects if each.name in allowed)
    return replace(catalog, entries=entries, folder_problems=problems, projects=projects)


def _seen_project(project: ProjectEntry, hidden: Hidden) -> ProjectEntry:
    """When it runs may name what it waits for."""
    return replace(project, runs="after others") if hidden.named_in(project.runs) else project


def _is_about(problem: Problem, hidden: Hidden) -> bool:
    return hidden.named_in(f"{problem.file} {problem.message} {problem.fix}")


def _without(entry: Entry, hidden: Hidden) -> Entry:
    if not hidden or entry.declaration is None:
        return entry
    state = entry.state
    if hidden.named_in(state.sentence):
        # A file that is wrong is told in its own words, and what is late names what it waits for.
        state = replace(state, sentence=_SENTENCES.get(state.state, _IN_GENERAL))
    return replace(entry, declaration=_seen(entry.declaration, hidden), state=state)


def _seen(declaration: Declaration, hidden: Hidden) -> Declaration:
    neighbours = Neighbours(
        reads=tuple(name for name in declaration.neighbours.reads if name not in hidden),
        read_by=tuple(name for name in declaration.neighbours.read_by if name not in hidden),
    )
    problems = tuple(
        _in_general(problem) if _is_about(problem, hidden) else problem for problem in declaration.problems
    )
    return replace(declaration, neighbours=neighbours, problems=problems)


def _in_general(problem: Problem) -> Problem:
    """Without what it says, which names a table of others; that something is wrong there stays."""
    return replace(problem, message=_IN_GENERAL, fix="ask whoever may see all tables", edit=None)


def _table(name: str) -> str:
    return name.rpartition(".")[2]
