"""Tables that somebody may not see: nothing that is shown may name or count them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

from summary_tables.catalog.entry import Catalog, Declaration, Entry, Neighbours


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """`names`: full ones, without a schema where that of a file which cannot be read is not known."""

    names: frozenset[str] = field(default_factory=frozenset)

    def __contains__(self, name: str) -> bool:
        """Whether `name`, with or without a schema, may be one of them."""
        return name in self.names or name in self._without_schema or _table(name) in self.names

    @cached_property
    def _without_schema(self) -> frozenset[str]:
        return frozenset(map(_table, self.names))


def readable(catalog: Catalog, dag_ids: Collection[str]) -> Catalog:
    """The part of `catalog` that somebody may see who may read these DAGs: no other table is left in it, nor among the
    neighbours of those that are."""
    allowed = frozenset(dag_ids)
    hidden = Hidden(names=frozenset(name for name, entry in catalog.entries.items() if entry.table not in allowed))
    entries = {name: _without(entry, hidden) for name, entry in catalog.entries.items() if name not in hidden.names}
    return replace(catalog, entries=entries)


def _without(entry: Entry, hidden: Hidden) -> Entry:
    if not hidden.names or entry.declaration is None:
        return entry
    return replace(entry, declaration=_seen(entry.declaration, hidden))


def _seen(declaration: Declaration, hidden: Hidden) -> Declaration:
    neighbours = Neighbours(
        reads=tuple(name for name in declaration.neighbours.reads if name not in hidden),
        read_by=tuple(name for name in declaration.neighbours.read_by if name not in hidden),
    )
    return replace(declaration, neighbours=neighbours)


def _table(name: str) -> str:
    return name.rpartition(".")[2]
