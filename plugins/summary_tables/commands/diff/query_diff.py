"""The query of a table as it is, or what changes in it."""

from collections.abc import Iterator
from difflib import unified_diff

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.cut import Fold
from summary_tables.configs.table_file import TableFile

_MOST_LINES = 3_000
"""difflib takes seconds for more."""


def query_folds(change: TableChange) -> Iterator[Fold]:
    """Nothing where the query stays the same."""
    if not any(side.config.table.main_sql for side in (change.before, change.after) if side):
        return
    if change.before is None or change.after is None:
        title = "Query" if change.before is None else "Query as it was"
        yield Fold(summary=title, text=change.file.config.table.main_sql, language="sql")
        return
    before, after = _lines(change.before), _lines(change.after)
    if before == after:
        return
    if max(len(before), len(after)) > _MOST_LINES:
        yield Fold(summary="Query", text=change.after.config.table.main_sql, language="sql")
        return
    lines = unified_diff(before, after, "before", "after", lineterm="")
    yield Fold(summary="Query: what changes", text="\n".join(lines), language="diff")


def _lines(file: TableFile) -> list[str]:
    return file.config.table.main_sql.rstrip().splitlines()
