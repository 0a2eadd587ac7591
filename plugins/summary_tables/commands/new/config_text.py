"""A config that was made from something else -> the text of its file, comments included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summary_tables.configs.yaml import text

MODELINE = "# yaml-language-server: $schema=../schemas/summary_table.schema.json\n"

_FIRST_KEYS = ("table", "schema", "description", "owner")
_LAST_KEYS = ("main_sql", "input_check", "output_check")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """What a config cannot say; it stays as a comment. `line` is that of the other file.

    `name` is the key whose place the comment takes; empty for none, which puts it at the end.
    """

    name: str = ""
    line: int
    source: str
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key with its value and what is said above it."""

    name: str
    value: object
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One check: its keys in order. The comments stand above it."""

    keys: tuple[Key | LeftBehind, ...]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The value of `input_check` or `output_check`. `tail`: the comments behind the last item."""

    items: tuple[CheckItem, ...]
    tail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigText:
    """All of a file. `origin` is what comments call the file that holds what was left behind."""

    origin: str
    keys: tuple[Key | LeftBehind, ...]
    comments: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()

    def __str__(self) -> str:
        blocks = [self._head(), *(self._lines(key) for key in self._sorted(_LAST_KEYS)), self._end()]
        return "\n".join(block for block in blocks if block)

    def _head(self) -> str:
        rest = (key for key in self.keys if key.name not in ("", *_FIRST_KEYS, *_LAST_KEYS))
        keys = (*self._sorted(_FIRST_KEYS), *rest)
        return MODELINE + text.comment(self.comments) + "".join(map(self._lines, keys))

    def _sorted(self, names: Sequence[str]) -> Iterator[Key | LeftBehind]:
        return (key for name in names for key in self.keys if key.name == name)

    def _end(self) -> str:
        return text.comment(self.tail) + "".join(self._lines(key) for key in self.keys if not key.name)

    def _lines(self, key: Key | LeftBehind) -> str:
        if isinstance(key, LeftBehind):
            return _left_behind(key, f"{self.origin}, line {key.line}", 0)
        return text.comment(key.comments) + _value_lines(key, 0)


def _value_lines(key: Key, depth: int) -> str:
    if isinstance(key.value, Checks):
        return _check_lines(key.name, key.value)
    if key.name == "main_sql" and isinstance(key.value, str):
        return text.sql_block(key.name, key.value, depth)
    if key.name == "sql" and isinstance(key.value, str):
        return text.sql_entry(key.name, key.value, depth)
    return text.entry(key.name, key.value, depth)


def _check_lines(name: str, checks: Checks) -> str:
    start = f"{name}:\n" if checks.items else f"{name}: []\n"
    return start + "".join(map(_item_lines, checks.items)) + text.comment(checks.tail, 1)


def _item_lines(check: CheckItem) -> str:
    """The dash stands at the first key; comments on it come before the dash."""
    first = next((key for key in check.keys if isinstance(key, Key)), None)
    above = text.comment((*check.comments, *(first.comments if first else ())), 1)
    start = text.item(_value_lines(first, 2)) if first else "  - {}\n"
    return above + start + "".join(_item_key_lines(key) for key in check.keys if key is not first)


def _item_key_lines(key: Key | LeftBehind) -> str:
    if isinstance(key, LeftBehind):
        return _left_behind(key, f"line {key.line}", 2)
    return text.comment(key.comments, 2) + _value_lines(key, 2)


def _left_behind(piece: LeftBehind, where: str, depth: int) -> str:
    return text.comment([f"Not carried over ({where}):", *piece.comments, piece.source], depth)
