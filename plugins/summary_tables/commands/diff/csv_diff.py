"""The rows of a CSV file that change with a table."""

from collections.abc import Iterator
from difflib import unified_diff

from summary_tables.commands.diff.cut import Fold
from summary_tables.configs.table_file import TableFile
from summary_tables.text.english import counted, plural
from summary_tables.text.markdown import code
from summary_tables.warehouse.sources.csv_file.content import Unreadable, read_bytes, read_text

_MOST_LINES = 3_000
"""difflib takes seconds for more."""


def has_other_content(before: TableFile, after: TableFile) -> bool:
    """The file that the rows of the table come from is another one, or has other bytes."""
    return _content(before) != _content(after)


def csv_lines(before: TableFile | None, after: TableFile | None) -> Iterator[str]:
    """How many rows change, as an item of a list; nothing where none do."""
    if after is None or after.config.table.csv is None:
        return
    name = code(after.config.table.csv.file)
    removed, added = _changed_lines(before, after)
    if before is None:
        yield f"- **Rows** {max(len(added) - 1, 0):,} in {name}"
    elif removed or added:
        words = [f"{counted(len(rows), 'row')} {what}" for rows, what in ((added, "more"), (removed, "less")) if rows]
        yield f"- **Rows of {name}** (new: {' and '.join(words)})"


def csv_folds(before: TableFile | None, after: TableFile | None) -> Iterator[Fold]:
    """The rows themselves, none where the table has personal data."""
    if before is None or after is None or any(side.config.table.pii_columns for side in (before, after)):
        return
    old, new = _lines(before), _lines(after)
    if old == new or max(len(old), len(new)) > _MOST_LINES:
        return
    count = sum(map(len, _changed_lines(before, after)))
    lines = unified_diff(old, new, "before", "after", lineterm="", n=1)
    yield Fold(
        summary=f"Rows: what changes ({counted(count, 'line')} that {plural(count, 'differs', 'differ')})",
        text="\n".join(lines),
        language="diff",
    )


def _content(file: TableFile) -> bytes | Unreadable | None:
    source = file.config.table.csv
    return read_bytes(file.path, source) if source else None


def _lines(file: TableFile | None) -> list[str]:
    source = file.config.table.csv if file else None
    text = read_text(file.path, source) if file and source else ""
    return [] if isinstance(text, Unreadable) else [line for line in text.splitlines() if line.strip()]


def _changed_lines(before: TableFile | None, after: TableFile | None) -> tuple[list[str], list[str]]:
    """What is gone and what is new, of whichever order."""
    old, new = _lines(before), _lines(after)
    gone, come = set(old) - set(new), set(new) - set(old)
    return [line for line in old if line in gone], [line for line in new if line in come]
