"""What files of known sources say beside what stands in the warehouse. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from summary_tables.configs.sources import SourcesFolder, known_type
from summary_tables.model.source_table import SourceColumn, SourceType, StandingSources, TableKey
from summary_tables.sql.dialect import Dialect

TableKind = Literal["new table", "missing table", "closed table", "unknown columns"]
"""`missing`: it does not stand in the warehouse. `closed`: the role may not read it. `unknown columns`: the file has
none."""

ColumnKind = Literal["new column", "missing column", "renamed column", "wider column", "retyped column"]
"""`wider`: each value of the old type is one of the new."""

TypeKind = Literal["new type", "changed type"]

Kind = TableKind | ColumnKind | TypeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`name` is that of the table, or of the type. `before` is what the file says, `now` what the warehouse has."""

    kind: Kind
    schema: str
    name: str
    column: str = ""
    before: str = ""
    now: str = ""

    @property
    def table(self) -> TableKey:
        return self.schema, self.name

    @property
    def is_written(self) -> bool:
        """The file can be brought up to date; else a person has to decide, or to grant a right."""
        return self.kind not in ("missing table", "closed table")

    @property
    def breaks_readers(self) -> bool:
        """Queries that read it fail, or may do so."""
        return self.kind in ("missing table", "closed table", "missing column", "renamed column", "retyped column")


def judged(standing: StandingSources) -> StandingSources:
    """A role that may read none of the tables is one for the catalog alone: what it may not read says nothing."""
    return replace(standing, closed=frozenset()) if len(standing.closed) == len(standing.tables) else standing


def differences(
    known: SourcesFolder, standing: StandingSources, asked: Collection[TableKey], dialect: Dialect
) -> tuple[Difference, ...]:
    """Of all `asked` tables and the types that they have, by schema and name; of hidden files there are none."""
    compared = _Compared(known, standing, dialect)
    found: list[Difference] = []
    for key in sorted(asked):
        if key[0] not in known.unreadable:
            found += compared.of_table(key)
    for key in sorted({*standing.types, *known.types}):
        if key[0] not in known.unreadable:
            found += compared.of_type(key)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Compared:
    known: SourcesFolder
    standing: StandingSources
    dialect: Dialect

    def of_table(self, key: TableKey) -> Iterator[Difference]:
        table, standing = self.known.tables.get(key), self.standing.tables.get(key)
        schema, name = key
        if standing is None:
            yield Difference(kind="missing table", schema=schema, name=name)
            return
        if key in self.standing.closed:
            yield Difference(kind="closed table", schema=schema, name=name)
        if table is None:
            yield Difference(kind="new table", schema=schema, name=name)
        elif table.columns or not standing.columns:
            yield from self._of_columns(key, table.columns, standing.columns)
        else:
            yield Difference(kind="unknown columns", schema=schema, name=name)

    def _of_columns(
        self, key: TableKey, before: Sequence[SourceColumn], now: Sequence[SourceColumn]
    ) -> Iterator[Difference]:
        schema, name = key
        old, new = {column.name: column for column in before}, {column.name: column for column in now}
        renamed = self._renamed(before, now)
        for column in before:
            if column.name in renamed:
                to = renamed[column.name]
                yield Difference(kind="renamed column", schema=schema, name=name, column=column.name, now=to)
            elif column.name not in new:
                yield Difference(
                    kind="missing column", schema=schema, name=name, column=column.name, before=column.type
                )
            elif kind := self._retyped(column.type, new[column.name].type):
                to = new[column.name].type
                yield Difference(kind=kind, schema=schema, name=name, column=column.name, before=column.type, now=to)
        for column in now:
            if column.name not in old and column.name not in renamed.values():
                yield Difference(kind="new column", schema=schema, name=name, column=column.name, now=column.type)

    def _renamed(self, before: Sequence[SourceColumn], now: Sequence[SourceColumn]) -> Mapping[str, str]:
        """Columns that have another name in the same place, with the same type, before one that stayed.

        A column that somebody dropped and one that was added do not look so: the new one is the last.
        """
        matched = SequenceMatcher(None, [each.name for each in before], [each.name for each in now], autojunk=False)
        found: dict[str, str] = {}
        for what, start, end, new_start, new_end in matched.get_opcodes():
            if what == "replace" and end - start == new_end - new_start and end < len(before):
                pairs = list(zip(before[start:end], now[new_start:new_end], strict=True))
                if not any(self._retyped(old.type, new.type) for old, new in pairs):
                    found |= {old.name: new.name for old, new in pairs}
        return found

    def _retyped(self, before: str, now: str) -> Literal["", "wider column", "retyped column"]:
        old, new = self._full(before), self._full(now)
        if old == new:
            return ""
        return "wider column" if self.dialect.types.holds(new, old) else "retyped column"

    def _full(self, written: str) -> str:
        """A name by which types can be compared."""
        if own := self.dialect.types.full_name(written):
            return own
        made = known_type(written, {**self.known.types, **self.standing.types})
        return f"{'.'.join(made)}{'[]' if written.endswith(']') else ''}" if made else written

    def of_type(self, key: TableKey) -> Iterator[Difference]:
        before, now = self.known.types.get(key), self.standing.types.get(key)
        schema, name = key
        if now is None:
            return  # no column has it any more
        if before is None:
            yield Difference(kind="new type", schema=schema, name=name)
        elif before.values != now.values or self._full(before.base) != self._full(now.base):
            yield Difference(
                kind="changed type", schema=schema, name=name, before=type_words(before), now=type_words(now)
            )


def type_words(kind: SourceType) -> str:
    """What a type is, in a few words."""
    return f"a domain over {kind.base}" if kind.base else f"an enum of {', '.join(kind.values)}"
