"""SQL on several lines without `|`, which a quote or a `#` inside it ends."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry, indent_of
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.model.problem import Edit, Place

_SQL_VALUE = re.compile(r"(?P<quote>['\"]?)(?:select|with)\b", re.IGNORECASE)
_KEY_LINE = re.compile(r" *(?:- +)?[a-z_]+:(?: .*)?")
_COMMENT = re.compile(r"[ \t](?P<sign>#).*")
_LINES_LOOKED_AT = 300


def quotes_inside(broken: BrokenText) -> Iterator[Suspicion]:
    """`main_sql: 'SELECT ...` with `status = 'paid'` on a line below."""
    entry = _sql_above(broken)
    if entry and entry.value[0] in "'\"":
        yield Suspicion(
            place=entry.value_place,
            message=f"SQL in {entry.value[0]} ends at the next {entry.value[0]}, here on line {broken.at[0] + 1}",
            fix=_fix(entry, "without the quotes around it"),
            edit=_as_block(broken, entry, entry.value[0]),
            is_mechanical=False,
        )


def comments_inside(broken: BrokenText) -> Iterator[Suspicion]:
    """A line of SQL that ends in ` # words`: the value ends there, too."""
    entry = _sql_above(broken)
    if entry is None or entry.value[0] in "'\"":
        return
    for number in range(entry.line, broken.at[0]):
        if found := _COMMENT.search(broken.line(number)):
            yield Suspicion(
                place=Place(number + 1, found.start("sign") + 1, len(found[0].strip())),
                message="a comment with # ends SQL that does not stand after `|`",
                fix=_fix(entry, "with `--` for the #"),
                edit=_as_block(broken, entry, ""),
                is_mechanical=False,
            )
            return


def _fix(entry: Entry, how: str) -> str:
    return f"write `{entry.key}: |` and the SQL on the lines below, indented by {entry.column + 2} spaces, {how}"


def _sql_above(broken: BrokenText) -> Entry | None:
    """The entry whose SQL goes on to where the parser stopped."""
    last = min(broken.at[0], len(broken.lines) - 1)
    for number in range(last, max(last - _LINES_LOOKED_AT, -1), -1):
        if number in broken.blocks:
            return None
        if _KEY_LINE.fullmatch(broken.line(number)):
            entry = broken.entry(number)
            return entry if entry and number < last and entry.key and _SQL_VALUE.match(entry.value) else None
    return None


def _as_block(broken: BrokenText, entry: Entry, quote: str) -> Edit:
    lines = [broken.line(entry.line)[entry.value_column :].removeprefix(quote)]
    last = entry.line
    while last + 1 < len(broken.lines) and not _is_next_key(broken.line(last + 1), entry):
        last += 1
        lines.append(broken.line(last).strip())
    text = "\n".join(lines).rstrip()
    text = text.removesuffix(quote) if quote else text
    indent = " " * (entry.column + 2)
    fixed = "\n".join(indent + line for line in text.split("\n"))
    end = broken.start(last) + len(broken.line(last))
    return Edit(start=entry.value_start, end=end, text=f"|\n{fixed}")


def _is_next_key(line: str, entry: Entry) -> bool:
    return _KEY_LINE.fullmatch(line) is not None and indent_of(line) <= entry.column
