"""A text that is not YAML, line by line, as far as that can be told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml

from summary_tables.configs.yaml.places import lines_of
from summary_tables.model.problem import Edit, Place
from summary_tables.text.english import counted

_KEY = r"[^\s:#'\"\[\]{},&*!|>%@`-][^:#'\"\[\]{}]*?"
_ENTRY = re.compile(
    rf"(?P<indent> *)(?P<dashes>(?:- +)*)(?:(?P<key>{_KEY}) *:)?(?P<gap>[ \t]+|$)(?P<rest>.*)", re.DOTALL
)
_ITEM = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)+)(?P<key>)(?P<gap>)(?P<rest>.*)", re.DOTALL)
_BLOCK = re.compile(r"[|>][-+0-9]*(?:\s+#.*)?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line `key: value`, `- key: value` or `- value`. `line` counts from 0, columns count from 0.

    `value` has no comment behind it. `column` is that of the key (of the value where there is none).
    """

    line: int
    key: str
    column: int
    value: str
    value_column: int
    value_start: int

    @property
    def is_block(self) -> bool:
        """The value stands on the lines below, after `|` or `>`."""
        return _BLOCK.fullmatch(self.value) is not None

    @property
    def value_place(self) -> Place:
        return Place(self.line + 1, self.value_column + 1, max(len(self.value), 1))

    def edit(self, text: str) -> Edit:
        """The value becomes `text`."""
        return Edit(start=self.value_start, end=self.value_start + len(self.value), text=text)


@dataclass(frozen=True, kw_only=True)
class BrokenText:
    """`at`: where the parser stopped; `context`: where what it was reading began. Both line and column, from 0.

    `words` and `kind` are the parser's: what is wrong, and what it was reading.
    """

    text: str
    at: tuple[int, int]
    context: tuple[int, int] | None
    words: str
    kind: str

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Each line without its end, with the index of its first character."""
        return lines_of(self.text)

    def line(self, number: int) -> str:
        return self.lines[number][1] if 0 <= number < len(self.lines) else ""

    def start(self, number: int) -> int:
        """The index of the first character of a line."""
        return self.lines[number][0]

    def whole_line(self, number: int) -> Place:
        """The text of a line, without what blanks stand around it."""
        line = self.line(number)
        return Place(number + 1, indent_of(line) + 1, max(len(line.strip()), 1))

    def edit_of_line(self, number: int, text: str) -> Edit:
        start, line = self.lines[number]
        return Edit(start=start, end=start + len(line), text=text)

    def before(self, number: int) -> int | None:
        """The last line before line `number` that is neither blank nor a comment."""
        return next((at for at in range(min(number, len(self.lines)) - 1, -1, -1) if self.speaks(at)), None)

    def speaks(self, number: int) -> bool:
        written = self.line(number).strip()
        return bool(written) and not written.startswith("#")

    @cached_property
    def near(self) -> tuple[int, ...]:
        """The lines on which the mistake probably is, the likeliest first; none that is inside a `|` block."""
        context = self.context[0] if self.context else None
        found = [context, self.at[0], self.before(self.at[0]), None if context is None else self.before(context)]
        likely = sorted({line for line in found if line is not None and 0 <= line < len(self.lines)}, key=found.index)
        return tuple(line for line in likely if self.speaks(line) and line not in self.blocks)

    @cached_property
    def blocks(self) -> dict[int, Entry]:
        """The lines inside `|` and `>` blocks, each with the entry to which it belongs."""
        found: dict[int, Entry] = {}
        header: Entry | None = None
        least = 0
        for number, (_, line) in enumerate(self.lines):
            if header and (not line.strip() or indent_of(line) >= least):
                # The first line says how far the text is indented, unless a number behind `|` does.
                if line.strip() and not re.search(r"[0-9]", header.value):
                    least = max(least, indent_of(line)) if least == header.column + 1 else least
                found[number] = header
                continue
            entry = self.entry(number)
            header = entry if entry and entry.is_block else None
            least = header.column + 1 if header else 0
        return found

    def block_around(self, number: int | None) -> Entry | None:
        """The entry whose `|` or `>` text a line below line `number` would continue."""
        if number is None:
            return None
        entry = self.blocks.get(number) or self.entry(number)
        return entry if entry and entry.is_block and entry.key else None

    def entry(self, number: int) -> Entry | None:
        """The line as key and value; None where it is neither that nor an item of a list."""
        start, line = self.lines[number]
        found = _ENTRY.fullmatch(line)
        if not found or not (found["key"] or found["dashes"]):
            found = _ITEM.fullmatch(line)
        if not found:
            return None
        value = without_comment(found["rest"])
        at = found.start("rest")
        column = found.end("dashes")
        return Entry(
            line=number, key=found["key"] or "", column=column, value=value, value_column=at, value_start=start + at
        )

    def entries_near(self) -> Iterator[Entry]:
        """The entries on the lines that `near` names."""
        yield from (entry for line in self.near if (entry := self.entry(line)))


def broken_text(error: yaml.MarkedYAMLError, text: str) -> BrokenText:
    mark = error.problem_mark or error.context_mark
    context = error.context_mark
    return BrokenText(
        text=text,
        at=(mark.line, mark.column) if mark else (0, 0),
        context=(context.line, context.column) if context else None,
        words=error.problem or "",
        kind=error.context or "",
    )


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def without_comment(value: str) -> str:
    """`value` up to the comment behind it."""
    return re.split(r"[ \t]#", value, maxsplit=1)[0].rstrip()


def spaces(count: int) -> str:
    return counted(count, "space")
