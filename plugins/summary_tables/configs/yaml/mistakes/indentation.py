"""Lines that begin in the wrong column."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry, indent_of, spaces
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.model.problem import Edit, Place

_LINES_LOOKED_AT = 60
_SHORT_KEY_LINE = re.compile(r" *(?:- +)?[a-z_]+:(?: .*)?")


def sql_outside_block(broken: BrokenText) -> Iterator[Suspicion]:
    """SQL that begins at or left of its key, or left of the SQL above it."""
    for number in broken.near:
        before = broken.before(number)
        header = broken.block_around(before)
        if before is None or header is None or _SHORT_KEY_LINE.fullmatch(broken.line(number)):
            continue
        wanted = indent_of(broken.line(before)) if before != header.line else header.column + 2
        wanted = max(wanted, header.column + 1)
        last = _last_sql_line(broken, number)
        more = wanted - min(indent_of(broken.line(at)) for at in range(number, last + 1) if broken.line(at).strip())
        if more > 0:
            yield _outside(broken, header, (number, last), more, before)


def _last_sql_line(broken: BrokenText, number: int) -> int:
    last = number
    for at in range(number + 1, len(broken.lines)):
        if _SHORT_KEY_LINE.fullmatch(broken.line(at)):
            break
        if broken.line(at).strip():
            last = at
    return last


def _outside(broken: BrokenText, header: Entry, lines: tuple[int, int], more: int, before: int) -> Suspicion:
    like = f", like line {before + 1}" if before != header.line else ""
    below = ", and the lines of SQL below it" if lines[1] > lines[0] else ""
    return Suspicion(
        place=broken.whole_line(lines[0]),
        message=f"this line of SQL is outside `{header.key}`: it begins too far left",
        fix=f"indent it by {spaces(more)}{like}{below}",
        edit=_moved(broken, lines, more),
    )


def _moved(broken: BrokenText, lines: tuple[int, int], by: int) -> Edit:
    """The lines from the first up to the last move to the right, or to the left for a negative number."""
    start, end = broken.start(lines[0]), broken.start(lines[1]) + len(broken.line(lines[1]))
    pattern = re.compile(r"^(?=.*\S)", re.MULTILINE) if by > 0 else re.compile(rf"^ {{0,{-by}}}", re.MULTILINE)
    return Edit(start=start, end=end, text=pattern.sub(" " * max(by, 0), broken.text[start:end]))


def wrong_column(broken: BrokenText) -> Iterator[Suspicion]:
    """A line, or it and those that belong to it, moved to each column in which something begins above or below it."""
    lines = [line for line in (broken.at[0], broken.before(broken.at[0])) if line is not None]
    for number in lines:
        if not broken.speaks(number) or number in broken.blocks:
            continue
        column = indent_of(broken.line(number))
        for wanted, neighbour in sorted(_columns(broken, number).items(), key=lambda found: abs(found[0] - column)):
            if wanted != column:
                for last in sorted({number, _last_of_group(broken, number)}):
                    yield _unaligned(broken, (number, last), wanted, neighbour)


def _columns(broken: BrokenText, number: int) -> dict[int, str]:
    """Where the lines around begin, each with a word of what begins there: of keys and of dashes."""
    found: dict[int, str] = {}
    above = (at for at in range(number - 1, max(number - _LINES_LOOKED_AT, -1), -1) if at not in broken.blocks)
    below = broken.before(number) is None
    for at in [*above, *(range(number + 1, min(number + 5, len(broken.lines))) if below else ())]:
        entry = broken.entry(at)
        if entry and broken.speaks(at):
            if indent_of(broken.line(at)) != entry.column:
                found.setdefault(indent_of(broken.line(at)), "the `- `")
            found.setdefault(entry.column, f"`{entry.key}`" if entry.key else "the item")
    return found


def _last_of_group(broken: BrokenText, number: int) -> int:
    last = number
    for at in range(number + 1, len(broken.lines)):
        if broken.line(at).strip() and indent_of(broken.line(at)) <= indent_of(broken.line(number)):
            break
        if broken.line(at).strip():
            last = at
    return last


def _unaligned(broken: BrokenText, lines: tuple[int, int], wanted: int, neighbour: str) -> Suspicion:
    line = broken.line(lines[0])
    column = indent_of(line)
    by = wanted - column
    entry = broken.entry(lines[0])
    name = f"- {entry.key}" if entry and entry.column > column else entry.key if entry and entry.key else line.strip()
    side = "right" if by > 0 else "left"
    below = ", and the lines below that belong to it" if lines[1] > lines[0] else ""
    where = "above" if broken.before(lines[0]) is not None else "below"
    return Suspicion(
        place=Place(lines[0] + 1, column + 1, max(len(name), 1)),
        message=f"`{name[:60]}` is not lined up with {neighbour} {where}",
        fix=f"move it to column {wanted + 1}, {spaces(abs(by))} to the {side}{below}",
        edit=_moved(broken, lines, by),
    )
