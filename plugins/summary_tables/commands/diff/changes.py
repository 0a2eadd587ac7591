"""Two states of the folder -> what differs between them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from summary_tables.commands.diff.csv_diff import has_other_content
from summary_tables.configs.folder import ConfigFolder, read_file
from summary_tables.configs.table_file import TableFile
from summary_tables.model.settings import NOTIFIERS, Settings, of_deployment
from summary_tables.model.table import Schedule, SummaryTable

ChangeKind = Literal["added", "changed", "renamed", "removed"]

KINDS: tuple[ChangeKind, ...] = ("added", "changed", "renamed", "removed")

_OF_READERS = ("table", "schema", "main_sql", "schedule", "refresh", "columns", "input_check", "output_check")
"""What a change of can reach the tables downstream: the rows, when they come, and whether they come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """A table that differs: `before` is None for one that is added, `after` for one that is removed."""

    kind: ChangeKind
    before: TableFile | None
    after: TableFile | None

    @property
    def file(self) -> TableFile:
        """As it is now, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has at least one side")
        return found

    @property
    def name(self) -> str:
        return self.file.full_name

    @property
    def has_other_rows(self) -> bool:
        """The CSV file of which it is made changes."""
        return self.before is not None and self.after is not None and has_other_content(self.before, self.after)

    @property
    def reaches_readers(self) -> bool:
        """Tables that read this one may get other rows, at other times, or none."""
        if self.before is None or self.after is None:
            return True
        before, after = self.before.config.table, self.after.config.table
        return (
            self.has_other_rows
            or before.cells != after.cells
            or any(getattr(before, key) != getattr(after, key) for key in _OF_READERS)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultChange:
    """A key of `defaults.yaml` that differs, `slack: mention` for one below another; None where a side does not set it.

    `tables`: those that take it over.
    """

    key: str
    before: object
    after: object
    tables: tuple[str, ...]
    touches_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderChange:
    """What differs between two states of the folder; names of files are without `.yaml`.

    `inherited`: tables whose own file stays as it is and which change with `defaults.yaml`. `unchanged`: both sides of
    all tables whose own file says the same. `broken`: files that can be
    read no longer, or that are new and cannot be read. `now_readable`: the other way round; they are among `tables` as
    added. `deleted_unread`: files that are gone and could not be read. `rewritten`: files that say the same in other
    words. Where `defaults.yaml` is broken on one side, both are read with the other side's.
    """

    tables: tuple[TableChange, ...] = ()
    inherited: tuple[TableChange, ...] = ()
    unchanged: tuple[tuple[TableFile, TableFile], ...] = ()
    defaults: tuple[DefaultChange, ...] = ()
    broken: tuple[str, ...] = ()
    now_readable: tuple[str, ...] = ()
    deleted_unread: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    has_broken_defaults: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.tables or self.defaults or self.broken or self.rewritten or self.deleted_unread)

    def of_kind(self, kind: ChangeKind) -> tuple[TableChange, ...]:
        return tuple(change for change in self.tables if change.kind == kind)


def folder_change(before: ConfigFolder, after: ConfigFolder) -> FolderChange:
    """What differs, in the order of `KINDS` and of the files' names."""
    old, new = _by_file(_with_defaults(before, after)), _by_file(_with_defaults(after, before))
    changes = [
        *_renamed(
            [new[name] for name in new if name not in old],
            [old[name] for name in old if name not in new and name not in after.unreadable],
        ),
        *(
            TableChange(kind="changed", before=old[name], after=new[name])
            for name in new
            if name in old and (old[name].data != new[name].data or has_other_content(old[name], new[name]))
        ),
    ]
    return FolderChange(
        tables=tuple(sorted(changes, key=lambda change: (KINDS.index(change.kind), change.name))),
        inherited=tuple(
            TableChange(kind="changed", before=old[name], after=new[name])
            for name in new
            if name in old and old[name].data == new[name].data and old[name].config.table != new[name].config.table
        ),
        unchanged=tuple((old[name], new[name]) for name in new if name in old and old[name].data == new[name].data),
        defaults=tuple(default_changes(before, after)),
        broken=tuple(sorted(after.unreadable - before.unreadable)),
        now_readable=tuple(sorted(before.unreadable & new.keys())),
        deleted_unread=tuple(sorted(before.unreadable - after.unreadable - new.keys())),
        rewritten=tuple(name for name in new if name in old and _is_rewritten(old[name], new[name])),
        has_broken_defaults=after.defaults is None,
    )


def _with_defaults(folder: ConfigFolder, other: ConfigFolder) -> ConfigFolder:
    """`folder`, read with the defaults of `other` where its own are broken."""
    if folder.defaults is not None or other.defaults is None:
        return folder
    again = (read_file(file.config.path, other.defaults) for file in folder.files)
    return replace(folder, files=tuple(file for file in again if isinstance(file, TableFile)))


def _by_file(folder: ConfigFolder) -> dict[str, TableFile]:
    return {file.config.path.stem: file for file in folder.files}


def _is_rewritten(before: TableFile, after: TableFile) -> bool:
    return before.data == after.data and before.document.text != after.document.text


def _renamed(added: list[TableFile], removed: list[TableFile]) -> Iterable[TableChange]:
    """Added and removed tables; one of each that have the same query, and share it with no other, are one table."""
    pairs: list[TableChange] = []
    for file in added:
        same = [old for old in removed if _query(old) == _query(file)]
        if len(same) == 1 and sum(_query(new) == _query(file) for new in added) == 1:
            pairs.append(TableChange(kind="renamed", before=same[0], after=file))
    paired = {id(side) for pair in pairs for side in (pair.before, pair.after)}
    yield from pairs
    yield from (TableChange(kind="added", before=None, after=file) for file in added if id(file) not in paired)
    yield from (TableChange(kind="removed", before=file, after=None) for file in removed if id(file) not in paired)


def _query(file: TableFile) -> str:
    """What fills the table."""
    cells = file.config.table.cells
    return repr(cells) if cells else " ".join(file.config.table.main_sql.split())


def default_changes(before: ConfigFolder, after: ConfigFolder) -> Iterable[DefaultChange]:
    """What differs of `defaults.yaml`; nothing where it is broken on a side."""
    if before.defaults is None or after.defaults is None:
        return
    old, new = _flat(before.defaults), _flat(after.defaults)
    for key, part in sorted({*old, *new}):
        if old.get((key, part)) != new.get((key, part)):
            touches_all = of_deployment(key)
            heirs = tuple(file.full_name for file in after.files if key not in file.data)
            yield DefaultChange(
                key=f"{key}: {part}" if part else key,
                before=old.get((key, part)),
                after=new.get((key, part)),
                tables=() if touches_all else heirs,
                touches_all=touches_all,
            )


def _flat(defaults: Mapping[str, Any]) -> dict[tuple[str, str], object]:
    """By key, and the key below it where there are some."""
    flat: dict[tuple[str, str], object] = {}
    for key, value in defaults.items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        flat |= {(key, part): each for part, each in parts}
    return flat


def changed_settings(before: SummaryTable, after: SummaryTable) -> Mapping[str, tuple[Any, Any]]:
    """What differs of all that has no place of its own in a preview: key -> before and after."""
    names = (field.name for field in fields(SummaryTable) if field.name not in _OF_READERS)
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def left_out(key: str) -> object:
    """What a key of `defaults.yaml`, `slack: mention` for one below another, means where nobody writes it."""
    name, _, part = key.partition(": ")
    home = Settings() if of_deployment(name) else SummaryTable(table="", schema="", main_sql="")
    value = NOTIFIERS[name]() if name in NOTIFIERS else getattr(home, name)
    found = getattr(value, part) if part else value
    return "none" if found == Schedule() else found
