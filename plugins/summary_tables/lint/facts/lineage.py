"""Which tables read which, and which wait for which."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import main_sources
from summary_tables.model.table import Schedule
from summary_tables.sql.query import Query


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """By full name, for each table of the folder: what its query reads, and what it waits for, in order.

    `models`: what each model of a dbt project reads, as far as that is known.
    """

    reads: Mapping[str, tuple[str, ...]]
    waits: Mapping[str, tuple[str, ...]]
    models: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """The tables of the folder that read a table, or wait for it, themselves."""
        found: dict[str, list[str]] = {}
        for name in self.reads:
            for source in dict.fromkeys((*self.reads[name], *self.waits[name])):
                if source != name:
                    found.setdefault(source, []).append(name)
        return {source: tuple(sorted(names)) for source, names in found.items()}

    def in_build_order(self, names: Iterable[str]) -> tuple[str, ...]:
        """`names`, each behind those that it needs, also through others; by name where that says nothing."""
        needed = {name: {*self.reads[name], *self.waits[name]} - {name} for name in sorted(self.reads)}
        needed |= {model: set(reads) - {model} for model, reads in sorted(self.models.items()) if model not in needed}
        wanted = frozenset(names)
        try:
            order = tuple(TopologicalSorter(needed).static_order())
        except CycleError:
            return tuple(sorted(wanted))
        return tuple(name for name in order if name in wanted)

    @cached_property
    def model_readers(self) -> Mapping[str, tuple[str, ...]]:
        """The models that read a table."""
        found: dict[str, list[str]] = {}
        for model in sorted(self.models):
            for source in dict.fromkeys(self.models[model]):
                found.setdefault(source, []).append(model)
        return {source: tuple(names) for source, names in found.items()}

    def all_readers(self, name: str) -> tuple[str, ...]:
        """Who reads a table or waits for it: tables of the folder, and models."""
        return (*self.readers.get(name, ()), *self.model_readers.get(name, ()))

    def downstream(self, names: Iterable[str]) -> tuple[str, ...]:
        """The tables that read one of `names`, also through others and models, nearest first; without `names`."""
        seen = dict.fromkeys(names)
        given, waiting = frozenset(seen), deque(seen)
        while waiting:
            found = [reader for reader in self.all_readers(waiting.popleft()) if reader not in seen]
            seen.update(dict.fromkeys(found))
            waiting += found
        return tuple(name for name in seen if name not in given and name in self.reads)


def lineage(folder: ConfigFolder) -> Lineage:
    """That of all readable files."""
    return Lineage(
        reads={file.full_name: tables_read(file) or () for file in folder.files},
        waits={file.full_name: _waits(file.config.table.schedule) for file in folder.files},
        models=_models(folder) if folder.projects else {},
    )


def _models(folder: ConfigFolder) -> Mapping[str, tuple[str, ...]]:
    # Imported here because most folders have none.
    from summary_tables.lint.facts.project_models import models_of_projects

    return {model.full_name: model.reads for model in models_of_projects(folder)}


def _waits(schedule: Schedule) -> tuple[str, ...]:
    """Tables: of an asset nobody knows which table it stands for."""
    return (*schedule.tables, *(source.table for source in schedule.sources))


def tables_read(file: TableFile) -> tuple[str, ...] | None:
    """The tables that the query reads, by name, each once; None where the query cannot be read; none without one."""
    if file.config.table.cells:
        return ()
    if not isinstance(file.main_query.parsed, Query):
        return None
    return tuple(sorted({source.name for source in main_sources(file)}))
