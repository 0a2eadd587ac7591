"""The query of a table as it is, or what changes in it."""

from difflib import unified_diff

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.markdown import details, fence
from summary_tables.configs.table_file import TableFile

_MOST_LINES = 3_000
"""difflib takes seconds for more."""


def query_details(change: TableChange) -> str:
    """Markdown that is folded away; empty where the query stays the same."""
    if change.before is None or change.after is None:
        title = "Query" if change.before is None else "Query as it was"
        return details(title, fence(change.file.config.table.main_sql, "sql"))
    before, after = _lines(change.before), _lines(change.after)
    if before == after:
        return ""
    if max(len(before), len(after)) > _MOST_LINES:
        return details("Query", fence(change.after.config.table.main_sql, "sql"))
    lines = unified_diff(before, after, "before", "after", lineterm="")
    return details("Query: what changes", fence("\n".join(lines), "diff"))


def _lines(file: TableFile) -> list[str]:
    return file.config.table.main_sql.rstrip().splitlines()
