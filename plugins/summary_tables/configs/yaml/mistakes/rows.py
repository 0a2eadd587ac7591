"""Several keys on one line without the braces that they need there."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Edit, Place

_KEY_ON_LINE = re.compile(r"(?:^|, *)(\w+): +((?:(?!, *\w+:(?: |$)).)+)")
_OTHERS = frozenset({"description", "owner", "sql", "count", "main_sql"})
"""Of a text a colon may be part; what stands behind `sql` and `count` is known better."""
_PLAIN_IN_BRACES = re.compile(r"[\w.+-]+|\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\{[^{}]*\}")


def on_one_line(broken: BrokenText) -> Iterator[Suspicion]:
    """`- day: 2026-01-31, score: 5`: several keys, or a text with a colon in it. Only a person knows which."""
    for entry in broken.entries_near():
        names = _KEY_ON_LINE.findall(f"{entry.key}: {entry.value}")
        if not entry.key or entry.key in _OTHERS or len(names) < 2 or entry.value[:1] in ("[", "{"):
            continue
        line, second = broken.line(entry.line), names[1][0]
        row = "{" + ", ".join(f"{name}: {_in_braces(value.strip())}" for name, value in names) + "}"
        is_item = line[: entry.column].strip() == "-"
        apart = f"write each key on a line of its own, `{second}` below `{entry.key}`"
        yield Suspicion(
            place=Place(entry.line + 1, entry.column + 1, len(line[entry.column :].rstrip())),
            message=f"`{second}:` stands on the line of `{entry.key}`; several keys on one line stand in braces",
            fix=f"write `- {row}`" if is_item else apart,
            edit=_whole_entry(entry, row) if is_item else entry.edit(quoted(entry.value)),
            is_mechanical=False,
        )


def _in_braces(value: str) -> str:
    return value if _PLAIN_IN_BRACES.fullmatch(value) else quoted(value)


def _whole_entry(entry: Entry, text: str) -> Edit:
    """The key and its value become `text`."""
    start = entry.value_start - (entry.value_column - entry.column)
    return Edit(start=start, end=entry.value_start + len(entry.value), text=text)
