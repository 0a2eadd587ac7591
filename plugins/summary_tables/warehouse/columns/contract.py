"""Whether the columns of a query are those that the file declares, and how that is told. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summary_tables.model.column import Column
from summary_tables.model.table import DeclaredColumn
from summary_tables.sql.dialect import TypeRules
from summary_tables.sql.type_names import short
from summary_tables.text.width import cells

FullTypes = Mapping[str, str]
"""What the warehouse calls the types that a file has: `int4` -> `integer`."""

Difference = Literal["", "another type", "missing", "not in the file"]

_MOST_NAMED = 5
_MOST_LINES = 30
_ABSENT = "-"
_GAP = "  "
_HEADS = ("in the file", "in the query")
_SIZE = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedColumn:
    """A column in the file, in the query, or in both.

    `change`: is the other type of the query wider than that of the file, and holds all that it does, or is it narrower?
    """

    declared: DeclaredColumn | None
    found: Column | None
    difference: Difference
    change: Literal["", "wider", "narrower"] = ""

    @property
    def name(self) -> str:
        """The same on both sides, where there are two."""
        column = self.declared or self.found
        return column.name if column else ""


def compared(
    rules: TypeRules, declared: Sequence[DeclaredColumn], found: Sequence[Column], types: FullTypes
) -> tuple[ComparedColumn, ...]:
    """The columns of the file in its order, then those that only the query has. Their order in the query is free."""
    by_name = {column.name: column for column in found}
    known = {column.name for column in declared}
    return (
        *(_compared(rules, column, by_name.get(column.name), types) for column in declared),
        *(ComparedColumn(declared=None, found=c, difference="not in the file") for c in found if c.name not in known),
    )


def is_of_type(written: str, full: str, found: str) -> bool:
    """Whether a column of the type `found` is what the file calls `written`, which the warehouse calls `full`.

    Without a precision or length, any will do.
    """
    return full == found if "(" in written else _SIZE.sub("", full) == _SIZE.sub("", found)


def contract_words(columns: Sequence[ComparedColumn]) -> str:
    """What differs and what to do, in plain sentences; empty where nothing does."""
    changes = [_change(column) for column in columns if column.difference]
    if not changes:
        return ""
    rest = f"; and {len(changes) - _MOST_NAMED:,} more" if len(changes) > _MOST_NAMED else ""
    return (
        "The columns of the query are not those of `columns` in the file: "
        f"{'; '.join(changes[:_MOST_NAMED])}{rest}. "
        f"Mend the query, or, where the query is right, `columns`.{_wider(columns)}"
    )


def contract_table(columns: Sequence[ComparedColumn]) -> str:
    """Both lists side by side, those that differ marked; of a long list, all that differ as far as they fit."""
    shown, hidden = _shown(columns)
    left = _aligned([_pair(c.declared.name, short(c.declared.type)) if c.declared else _absent() for c in shown])
    right = _aligned([_pair(c.found.name, short(c.found.type)) if c.found else _absent() for c in shown])
    wide = max(map(cells, (_HEADS[0], *left)))
    wider = max(map(cells, right), default=0)
    lines = [f"{_padded(_HEADS[0], wide)}{_GAP * 2}{_HEADS[1]}"]
    for column, here, there in zip(shown, left, right, strict=True):
        mark = f"{_GAP}<- {column.difference}" if column.difference else ""
        lines.append(f"{_padded(here, wide)}{_GAP * 2}{_padded(there, wider)}{mark}".rstrip())
    return "\n".join([*lines, *hidden])


def _compared(rules: TypeRules, declared: DeclaredColumn, found: Column | None, types: FullTypes) -> ComparedColumn:
    if found is None:
        return ComparedColumn(declared=declared, found=found, difference="missing")
    full = types.get(declared.type, declared.type)
    if not declared.type or is_of_type(declared.type, full, found.type):
        return ComparedColumn(declared=declared, found=found, difference="")
    is_wider, is_narrower = rules.holds(found.type, full), rules.holds(full, found.type)
    change: Literal["", "wider", "narrower"] = "narrower" if is_narrower else "wider" if is_wider else ""
    return ComparedColumn(declared=declared, found=found, difference="another type", change=change)


def _wider(columns: Sequence[ComparedColumn]) -> str:
    """A query whose source got wider is right: cutting its values is no way out."""
    types = [f'"{c.name}" (`type: {short(c.found.type)}`)' for c in columns if c.change == "wider" and c.found]
    if not types:
        return ""
    rest = f" and {len(types) - _MOST_NAMED:,} more" if len(types) > _MOST_NAMED else ""
    return (
        f" Widening a type in the file loses nothing: {', '.join(types[:_MOST_NAMED])}{rest}. "
        "A CAST to the narrower one may cut values."
    )


def _change(column: ComparedColumn) -> str:
    if column.difference == "another type" and column.declared and column.found:
        return f'"{column.name}" is {short(column.found.type)} and not {column.declared.type}'
    return f'"{column.name}" is {column.difference}'


def _shown(columns: Sequence[ComparedColumn]) -> tuple[Sequence[ComparedColumn], Iterator[str]]:
    if len(columns) <= _MOST_LINES:
        return columns, iter(())
    differing = [column for column in columns if column.difference]
    same, more = len(columns) - len(differing), len(differing) - _MOST_LINES
    hidden = ((more, "more that differ"), (same, "that are the same on both sides"))
    return differing[:_MOST_LINES], (f"... and {number:,} {words}" for number, words in hidden if number > 0)


def _pair(name: str, type_: str) -> tuple[str, str]:
    return " ".join(name.split()) or name, type_


def _absent() -> tuple[str, str]:
    return _ABSENT, ""


def _aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    wide = max((cells(name) for name, _ in pairs), default=0)
    return [f"{_padded(name, wide)}{_GAP}{type_}".rstrip() for name, type_ in pairs]


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - cells(text))
