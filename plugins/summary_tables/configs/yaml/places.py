"""Where each character of a value stands in the YAML that spells it, for every style of YAML's scalars.

The rules are those of libyaml's scanner (scanner.c: yaml_parser_scan_block_scalar, _flow_scalar, _plain_scalar).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yaml.nodes import ScalarNode

from summary_tables.model.problem import Place

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_BREAKS = "\n\r\x85\u2028\u2029"
_KEPT_BREAKS = "\u2028\u2029"
"""YAML makes one space of an end of line, but never of these two."""


def source_indexes(source: str, node: ScalarNode) -> list[int] | None:
    """For each character of the node's value, where in `source`, the text from the node's start to its end, it stands.

    A space that stands for an end of line is where the line ends. One more index, the last, is where the value ends.
    None where the value cannot be followed, which no text is known to bring about.
    """
    value = str(node.value)
    begin = _begin(source)
    found = (_block if node.style in ("|", ">") else _flow)(source[begin:], node.style, value)
    if found is None or len(found) <= len(value):
        return None
    return [begin + index for index in found[: len(value) + 1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMap:
    """The text of a value and its spelling: `indexes` as `source_indexes` has them, `line_starts` from the source's."""

    indexes: Sequence[int]
    line_starts: Sequence[int]

    def place(self, line: int, column: int, offset: int) -> tuple[int, int]:
        """Line and column of character `offset` of the value, whose source begins at `line` and `column`."""
        index = self.indexes[min(offset, len(self.indexes) - 1)]
        breaks = bisect_right(self.line_starts, index)
        return (line + breaks, index - self.line_starts[breaks - 1] + 1) if breaks else (line, column + index)


def source_map(source: str, node: ScalarNode) -> SourceMap | None:
    """See `source_indexes`."""
    indexes = source_indexes(source, node)
    if indexes is None:
        return None
    return SourceMap(indexes=indexes, line_starts=[found.end() for found in _BREAK.finditer(source)])


_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)+")


def _begin(source: str) -> int:
    """Where the text itself begins: `!!str` may stand before it."""
    properties = _PROPERTIES.match(source)
    return properties.end() if properties else 0


def place_after(line: int, column: int, text: str) -> tuple[int, int]:
    """Line and column of what stands behind `text`, which itself begins at `line` and `column`; all from 1."""
    breaks = list(_BREAK.finditer(text))
    return (line + len(breaks), len(text) - breaks[-1].end() + 1) if breaks else (line, column + len(text))


def end_of_line(text: str, start: int, end: int) -> int:
    """Where in `text` the line of character `start` ends; `end` if that comes first."""
    found = _BREAK.search(text, start, end)
    return found.start() if found else end


def with_ends_of(text: str, written: str) -> str:
    """`written` with the ends of line that `text`, a whole file, has."""
    return written.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else written


def place_at(text: str, index: int) -> Place:
    """The place, one character long, of character `index` of a whole file's text."""
    return Place(*place_after(1, 1, text[:index]))


def plain_lines(text: str) -> list[str]:
    """The lines of a YAML text, as YAML counts them, without their ends."""
    return _BREAK.split(text)


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines of `text` as YAML counts them, without their ends, each with the index of its first character."""
    found, start = [], 0
    for end in _BREAK.finditer(text):
        found.append((start, text[start : end.start()]))
        start = end.end()
    return [*found, (start, text[start:])]


_FLOW_PIECES = re.compile(
    rf"""
    (?P<fold>[ \t]*(?:\r\n|[{_BREAKS}])(?:[ \t]*(?:\r\n|[{_BREAKS}]))*[ \t]*)
    | (?P<char>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DOUBLE_PIECES = re.compile(
    rf"""
    (?P<joined>\\(?:\r\n|[{_BREAKS}])(?P<blank>(?:[ \t]*(?:\r\n|[{_BREAKS}]))*)[ \t]*)
    | (?P<escape>\\(?:x.{{2}}|u.{{4}}|U.{{8}}|.))
    | {_FLOW_PIECES.pattern}
    """,
    re.VERBOSE | re.DOTALL,
)
_SINGLE_PIECES = re.compile(rf"(?P<escape>'') | {_FLOW_PIECES.pattern}", re.VERBOSE | re.DOTALL)


def _flow(source: str, style: str | None, _: str) -> list[int] | None:
    """The indexes of plain or quoted text, with that of its end."""
    if not style:
        return [*_pieces(_FLOW_PIECES, source, 0, len(source)), len(source)]
    if len(source) < 2 or source[0] != style or source[-1] != style:
        return None
    pattern = _DOUBLE_PIECES if style == '"' else _SINGLE_PIECES
    return [*_pieces(pattern, source, 1, len(source) - 1), len(source) - 1]


def _pieces(pattern: re.Pattern[str], source: str, start: int, end: int) -> Iterator[int]:
    for piece in pattern.finditer(source, start, end):
        if piece.lastgroup == "joined":
            yield from (found.start() for found in _BREAK.finditer(source, *piece.span("blank")))
        elif piece.lastgroup == "fold":
            yield from _folded([found.start() for found in _BREAK.finditer(source, *piece.span())], source)
        else:
            yield piece.start()


def _folded(breaks: list[int], source: str) -> list[int]:
    """One end of line is a space; of more, all but the first are kept."""
    return breaks if len(breaks) == 1 or source[breaks[0]] in _KEPT_BREAKS else breaks[1:]


def _block(source: str, style: str | None, value: str) -> list[int] | None:
    """The indexes of `|` or `>` text, those of the line ends that are cut off at its end included.

    The indentation need not be that of the first line: `|2` keeps blanks at its start. So that which gives the value
    is searched for, beginning with the likely one.
    """
    header = _BREAK.search(source)
    if header is None:
        return [len(source)]
    lines = [(header.end() + start, line) for start, line in lines_of(source[header.end() :])]
    most = next((len(line) - len(line.lstrip(" ")) for _, line in lines if line.strip(" ")), None)
    deepest = max(len(line) for _, line in lines) if most is None else most
    for indent in range(deepest, -1, -1):
        found = _block_indexes(source, lines, indent, folds=style == ">")
        if _spells(source, found, value, folds=style == ">"):
            return found
    return None


def _spells(source: str, indexes: list[int], value: str, *, folds: bool) -> bool:
    """Whether the characters at `indexes` are those of `value`; where lines are joined, their ends are blanks."""
    if len(indexes) <= len(value):
        return False
    from_break = "\n " if folds else "\n"
    for index, character in zip(indexes, value, strict=False):
        there = source[index] if index < len(source) else ""
        if there != character and not (there and character in from_break and there in _BREAKS):
            return False
    return all(index >= len(source) or source[index] in _BREAKS for index in indexes[len(value) :])


def _block_indexes(source: str, lines: list[tuple[int, str]], indent: int, *, folds: bool) -> list[int]:
    found: list[int] = []
    waiting: list[int] = []
    # A line that begins with a blank keeps the ends of line around it.
    begins_blank = True
    for start, line in lines:
        if len(line) <= indent and not line.strip(" "):
            waiting.append(start + len(line))
            continue
        blank = line[indent : indent + 1] in (" ", "\t")
        found += _joined(waiting, source) if folds and found and not begins_blank and not blank else waiting
        found += range(start + indent, start + len(line))
        waiting, begins_blank = [start + len(line)], blank
    return found + waiting


def _joined(breaks: list[int], source: str) -> list[int]:
    return _folded(breaks, source) if source[breaks[0] : breaks[0] + 1] not in _KEPT_BREAKS else breaks
