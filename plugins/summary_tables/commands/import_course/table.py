"""A Python dict that describes a table -> the keys of a config, and what of it a config cannot say.

What is carried over is judged by lint, in the config; what is not is a problem here, at its place in the Python file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Literal as Choice

from summary_tables.commands.import_course import layout as course_layout
from summary_tables.commands.import_course.source import Computed, Dict, Entry, Listing, Literal, Value
from summary_tables.commands.new.config_text import CheckItem, Checks, ConfigText, Key, LeftBehind
from summary_tables.commands.new.query_text import tidied
from summary_tables.configs.schema_files import load_schema
from summary_tables.model.problem import Finding, Level, Place, Problem
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.registry import owners
from summary_tables.text.spelling import nearest

_Owner = Choice["a config", "a check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedTable:
    """What one dict becomes, and what is to be said of it."""

    config: ConfigText
    problems: tuple[Problem, ...]

    @property
    def computed(self) -> frozenset[str]:
        """The keys, at any depth, whose value could not be read."""
        checks = (item for key in self.config.keys if isinstance(key, Key) for item in _items(key))
        keys = (*self.config.keys, *(key for item in checks for key in item.keys))
        return frozenset(key.name for key in keys if isinstance(key, LeftBehind) and key.name)

    @property
    def table(self) -> str:
        """The table's name as the dict spells it; empty where it is no text."""
        values = (key.value for key in self.config.keys if isinstance(key, Key) and key.name == "table")
        return next((value for value in values if isinstance(value, str)), "")


def convert(table: Dict, file: str, dialect: Dialect) -> ConvertedTable:
    """The config that `table` says. `file` is what problems and comments call the Python file."""
    conversion = _Conversion(file=file, dialect=dialect)
    keys = conversion.table(table)
    config = ConfigText(origin=PurePath(file).name, keys=keys, comments=table.comments, tail=table.tail)
    return ConvertedTable(config=config, problems=tuple(sorted(conversion.problems)))


def _items(key: Key) -> tuple[CheckItem, ...]:
    return key.value.items if isinstance(key.value, Checks) else ()


def problem_at(file: str, place: Place, message: str, fix: str = "", level: Level = "error") -> Problem:
    """What `import` has to say of a place in a Python file."""
    finding = Finding(place=place, rule="import", message=message, fix=fix, level=level)
    return Problem.of(finding, Path(file), file=file)


_TOP_KEYS = tuple(load_schema("summary_table")["properties"])
_CHECK_KEYS = tuple(load_schema("summary_table")["$defs"]["check"]["properties"])
_SAME_KEY = {"schedule_interval": "schedule", "postgres_conn_id": "conn_id", "redshift_conn_id": "conn_id"}
_APPENDING = "`overwrite` became `refresh: append`: each run adds its rows, so `main_sql` gives those of one run only"
_GRANTS_AND_INDEXES = "roles that may read the table stand under `grants:`, indexes under `indexes:`"
_NO_SUCH_KEY: Mapping[str, tuple[str, str]] = {
    "pre_sql": ("a config runs one query, nothing before it", "put what it computes into a WITH of `main_sql`"),
    "post_sql": ("a config runs one query, nothing after it", _GRANTS_AND_INDEXES),
    "after_sql": ("a config runs one query, nothing after it", _GRANTS_AND_INDEXES),
    "primary_key": (
        "a config has no primary key",
        "write an `indexes:` item with `unique: true`, or an output check that counts double rows",
    ),
}


@dataclass(slots=True, kw_only=True)
class _Conversion:
    """Collects what cannot be carried over while it walks through one dict."""

    file: str
    dialect: Dialect
    problems: list[Problem] = field(default_factory=list)

    def table(self, table: Dict) -> tuple[Key | LeftBehind, ...]:
        found = [self._top_entry(entry) for entry in self._last_of_each(table.entries)]
        return tuple(_merged([key for key in found if key]))

    def _last_of_each(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        """As in Python: of several entries with one key the last one counts."""
        last = {entry.key: entry for entry in entries}
        for entry in entries:
            if entry.key and last[entry.key] is not entry:
                message = f"`{entry.key}` stands here and on line {last[entry.key].place.line}; the last one was taken"
                self.problems.append(problem_at(self.file, entry.place, message, level="warning"))
            else:
                yield entry

    def _top_entry(self, entry: Entry) -> Key | LeftBehind | None:
        name = _SAME_KEY.get(entry.key, entry.key)
        if (computed := _computed_in(entry.value)) and name not in ("input_check", "output_check"):
            return self._computed(entry, computed)
        if name == "overwrite":
            return self._overwrite(entry)
        if name in course_layout.KEYS or (name == "attributes" and isinstance(entry.value, Literal)):
            return self._layout(entry)
        if name not in _TOP_KEYS:
            return self._unknown(entry, "a config", _TOP_KEYS)
        if name in ("input_check", "output_check") and isinstance(entry.value, Listing | Computed):
            return self._checks(entry, entry.value)
        return self._known(name, entry)

    def _known(self, name: str, entry: Entry) -> Key | LeftBehind | None:
        if isinstance(entry.value, Literal) and entry.value.value is None:
            return None
        if computed := _computed_in(entry.value):
            return self._computed(entry, computed)
        value = _data(entry.value)
        if name in ("main_sql", "sql") and isinstance(value, str):
            value = tidied(value, self.dialect)
        return Key(name=name, value=value, comments=_all_comments(entry.value))

    def _checks(self, entry: Entry, value: Listing | Computed) -> Key | LeftBehind | None:
        if isinstance(value, Computed) or not all(isinstance(item, Dict) for item in value.items):
            return self._known(entry.key, entry)
        items = tuple(self._check(item) for item in value.items if isinstance(item, Dict))
        return Key(name=entry.key, value=Checks(items=items, tail=value.tail), comments=value.comments)

    def _check(self, item: Dict) -> CheckItem:
        found = [self._check_entry(entry) for entry in self._last_of_each(item.entries)]
        return CheckItem(keys=tuple(key for key in found if key), comments=(*item.comments, *item.tail))

    def _check_entry(self, entry: Entry) -> Key | LeftBehind | None:
        if entry.key in _CHECK_KEYS:
            return self._known(entry.key, entry)
        if computed := _computed_in(entry.value):
            return self._computed(entry, computed)
        return self._unknown(entry, "a check", _CHECK_KEYS)

    def _computed(self, entry: Entry, computed: Computed) -> LeftBehind | None:
        if not entry.key:
            return self._unknown(entry, "a config", ())
        message = f"`{entry.key}` is computed (`{snippet(computed.source)}`)"
        self.problems.append(problem_at(self.file, computed.place, message, "write it by hand"))
        return replace(_as_comment(entry), name=_SAME_KEY.get(entry.key, entry.key))

    def _overwrite(self, entry: Entry) -> Key | None:
        appends = not _data(entry.value)
        message = _APPENDING if appends else "`overwrite` needs no key: every build replaces the whole table"
        self.problems.append(problem_at(self.file, entry.place, message, level="info"))
        return Key(name="refresh", value="append", comments=_all_comments(entry.value)) if appends else None

    def _layout(self, entry: Entry) -> Key | LeftBehind | None:
        value = _data(entry.value)
        if not value:
            return None
        layout = course_layout.read(entry.key, value)
        if layout is None:
            message = f"`{entry.key}` holds more than a distribution style and sort keys"
            return self._left_behind(entry, message, "write what of it is needed under `attributes:`")
        if "diststyle" not in self.dialect.settings:
            here = f"the warehouse here is {self.dialect.name} (defaults.yaml)"
            message = f"`{entry.key}` is for {owners('diststyle')}; {here}"
            return self._left_behind(entry, message, level="warning")
        return Key(name="attributes", value=layout, comments=_all_comments(entry.value))

    def _unknown(self, entry: Entry, owner: _Owner, known: tuple[str, ...]) -> LeftBehind | None:
        if not _data(entry.value):
            return None
        if not entry.key:
            message = f"`{snippet(entry.source)}` has no text for a key"
            return self._left_behind(entry, message, "write its keys by hand")
        if entry.key in _NO_SUCH_KEY:
            message, fix = _NO_SUCH_KEY[entry.key]
            return self._left_behind(entry, f"`{entry.key}`: {message}", fix)
        near = nearest(entry.key, known)
        fix = f"rename it to `{near}`" if near else "write what it is for in another way, or leave it out"
        return self._left_behind(entry, f"`{entry.key}` is not a key of {owner}", fix)

    def _left_behind(self, entry: Entry, message: str, fix: str = "", level: Level = "error") -> LeftBehind:
        self.problems.append(problem_at(self.file, entry.place, message, fix, level))
        return _as_comment(entry)


def _as_comment(entry: Entry) -> LeftBehind:
    return LeftBehind(line=entry.place.line, source=entry.source, comments=entry.value.comments)


def _merged(keys: Sequence[Key | LeftBehind]) -> Iterator[Key | LeftBehind]:
    """Physical layout may come in several entries; a config has one key for it."""
    value, comments = dict[str, object](), list[str]()
    for key in keys:
        if isinstance(key, Key) and key.name == "attributes" and isinstance(key.value, dict):
            value |= key.value
            comments += key.comments
        else:
            yield key
    if value:
        yield Key(name="attributes", value=value, comments=tuple(comments))


def _computed_in(value: Value) -> Computed | None:
    """The first piece of `value` that is computed."""
    if isinstance(value, Computed):
        return value
    return next((found for inner in _inner(value) if (found := _computed_in(inner))), None)


def _inner(value: Value) -> tuple[Value, ...]:
    match value:
        case Listing(items=items):
            return items
        case Dict(entries=entries):
            return tuple(entry.value for entry in entries)
        case _:
            return ()


def _data(value: Value) -> object:
    """Plain data; what is computed is its source text."""
    match value:
        case Literal(value=plain):
            return plain
        case Listing(items=items):
            return [_data(item) for item in items]
        case Dict(entries=entries):
            return {entry.key: _data(entry.value) for entry in entries}
        case _:
            return value.source


def _all_comments(value: Value) -> tuple[str, ...]:
    tail = value.tail if isinstance(value, Listing | Dict) else ()
    return (*value.comments, *(line for inner in _inner(value) for line in _all_comments(inner)), *tail)


def snippet(source: str) -> str:
    """As much of Python text as fits into a message."""
    line, line_break, _ = source.partition("\n")
    return f"{line[:40]} …" if line_break or len(line) > 40 else line
