"""What a changed `defaults.yaml` changes of what a build shows, and in words."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summary_tables.commands.diff.changes import DefaultChange, default_changes, left_out
from summary_tables.commands.diff.git_tree import GitError, GitFolder, commit, fork_point, git_folder, write_folder
from summary_tables.configs.config import Config
from summary_tables.configs.folder import ConfigFolder, read_file, read_folder
from summary_tables.configs.table_file import TableFile
from summary_tables.text.english import counted, listed, plural
from summary_tables.text.visible import visible

MOST_TABLES = 10
"""So many tables are previewed for one change of the defaults."""

_SHOWN_OF_TABLE = (*("schedule", "timeout_minutes", "statement_timeout_minutes", "max_rows", "work_mem_mb", "grants"),)
_SHOWN = frozenset((*_SHOWN_OF_TABLE, "warehouse"))
"""The keys of `defaults.yaml` that a build, or what publishing would do, may come out otherwise with."""

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDefaults:
    """`base`: the commit with which they are compared; empty: there is none, and all that they set is a change.

    `tables` are those of which something changes that a build shows, by name.
    """

    name: str
    base: str
    changes: tuple[DefaultChange, ...]
    tables: tuple[TableFile, ...]

    @property
    def previewed(self) -> tuple[TableFile, ...]:
        return self.tables[:MOST_TABLES]


def changed_defaults(path: Path, name: str) -> ChangedDefaults:
    """Compared as `diff` does it: with where the branch began. `path` can be read; people call it `name`."""
    after = read_folder(path.parent)
    with tempfile.TemporaryDirectory(prefix="summary-tables-") as temporary:
        base, before = _before(path.parent, Path(temporary))
    return ChangedDefaults(
        name=name,
        base=base,
        changes=tuple(change for change in default_changes(before, after) if _values(change)[0] != _values(change)[1]),
        tables=tuple(file for file in after.files if _is_changed(file, before)),
    )


def defaults_text(found: ChangedDefaults) -> str:
    """What changes, and which tables are previewed for it."""
    return "\n".join(map(visible, _lines(found))) + "\n"


def _before(folder: Path, place: Path) -> tuple[str, ConfigFolder]:
    nothing = ConfigFolder(path=folder, files=(), problems=(), unreadable=frozenset(), defaults={})
    try:
        inside = git_folder(folder)
        base = _base(inside)
        write_folder(inside, base, place)
    except GitError:
        return "", nothing
    before = read_folder(place)
    return ("", nothing) if before.defaults is None else (base, before)


def _base(folder: GitFolder) -> str:
    """The last commit where no other branch is known. Raises GitError."""
    try:
        return fork_point(folder, None, "HEAD")
    except GitError:
        return commit(folder, "HEAD")


def _is_changed(file: TableFile, before: ConfigFolder) -> bool:
    then = read_file(file.path, before.defaults or {})
    return not isinstance(then, TableFile) or _shown(then.config) != _shown(file.config)


def _shown(config: Config) -> tuple[object, ...]:
    return (config.settings.warehouse, *(getattr(config.table, key) for key in _SHOWN_OF_TABLE))


def _lines(found: ChangedDefaults) -> Iterator[str]:
    if found.base:
        yield f"{found.name}, compared with commit {found.base[:12]}:"
    else:
        yield f"{found.name}, all of it: no commit of a git repository has it as it was."
    yield from (f"  {_change(change)}" for change in found.changes)
    if not found.changes:
        yield "  Nothing changes."
        return
    if not found.tables:
        yield "It changes nothing that a build shows."
        return
    many = plural(len(found.tables), "table is", "tables are")
    yield f"{len(found.tables):,} {many} built otherwise: {_named([file.full_name for file in found.tables])}."
    if rest := found.tables[MOST_TABLES:]:
        yield f"The first {MOST_TABLES} are previewed, and not {_named([file.full_name for file in rest])}."


def _change(change: DefaultChange) -> str:
    words = f"{change.key}: {' -> '.join(_values(change))}"
    return words if change.key.partition(": ")[0] in _SHOWN else f"{words}, which a build does not show"


def _values(change: DefaultChange) -> tuple[str, str]:
    """Before and after; what holds where nobody sets it."""
    return _value(change.key, change.before), _value(change.key, change.after)


def _value(key: str, value: object) -> str:
    found = left_out(key) if value is None else value
    if found is None or isinstance(found, str):
        return found or "none"
    return json.dumps(found, ensure_ascii=False, default=str)


def _named(names: Sequence[str]) -> str:
    rest = [f"{counted(len(names) - _MOST_NAMED, 'other')}"] if len(names) > _MOST_NAMED else []
    return listed([*names[:_MOST_NAMED], *rest])
