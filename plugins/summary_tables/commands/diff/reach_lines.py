"""Which columns of other tables a change of columns reaches."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from summary_tables.commands.diff.column_changes import ColumnChange
from summary_tables.lint.facts.column_lineage import Reached
from summary_tables.sql.column_lineage.origins import ROWS, WHOLE_ROW
from summary_tables.text.english import listed
from summary_tables.text.markdown_text import code

_MOST_CHANGES = 20
_MOST_TABLES = 8
_MOST_COLUMNS = 8

OwnerOf = Callable[[str], str]


def reach_lines(changes: Sequence[ColumnChange], owner_of: OwnerOf) -> Iterator[str]:
    """Lines of a list in Markdown; none where nobody reads the table."""
    if not changes:
        return
    yield "- **What that reaches**"
    # A new column reaches only those who take all columns.
    told = [change for change in changes if change.reached or change.kind == "unknown"]
    for change in told[:_MOST_CHANGES]:
        yield f"  - {_what(change)} → {_targets(change.reached, owner_of)}"
    if len(told) > _MOST_CHANGES:
        yield f"  - and {len(told) - _MOST_CHANGES:,} more columns that reach others"
    if rest := [change for change in changes if change not in told and change.kind != "new"]:
        yield f"  - nothing here is made of {_names(rest)}"


def _what(change: ColumnChange) -> str:
    name = code(change.column)
    match change.kind:
        case "gone":
            return f"{name} is gone"
        case "renamed":
            return f"{name} is called {code(change.now)} now"
        case "new":
            return f"{name} is new"
        case "type":
            return f"{name} has another type" if change.now else f"{name} may have any type"
        case "definition":
            return f"{name} {'is' if change.is_certain else 'may be'} computed otherwise"
        case "rows":
            return "which rows there are"
        case "table":
            return f"{code(change.table)} is built no longer"
        case "unknown":
            return f"which columns change is not known ({change.reason})"


def _names(changes: Sequence[ColumnChange]) -> str:
    names = dict.fromkeys(code(change.column) if change.column else "its rows" for change in changes)
    return listed(list(names), _MOST_COLUMNS)


def _targets(reached: Sequence[Reached], owner_of: OwnerOf) -> str:
    tables = [(table, list(found)) for table, found in groupby(reached, key=lambda found: found.table)]
    words = [_of_table(table, owner_of(table), found) for table, found in tables[:_MOST_TABLES]]
    rest = [f"{len(tables) - _MOST_TABLES:,} more tables"] if len(tables) > _MOST_TABLES else []
    return "; ".join([*words, *rest]) or "not followed"


def _of_table(table: str, owner: str, reached: Sequence[Reached]) -> str:
    named = f"{code(table)} of {code(owner)}"
    by_column = {found.column: found for found in reached}
    if unknown := by_column.get(WHOLE_ROW):
        return f"perhaps {named}" + (f" (not known: {unknown.reason})" if unknown.reason else "")
    rows = by_column.get(ROWS)
    # Which rows there are is a matter of all columns.
    shown = [found for found in reached if found is not rows and not (rows and found.how == rows.how)]
    sure = [code(found.column) for found in shown if found.how != "perhaps"]
    unsure = [code(found.column) for found in shown if found.how == "perhaps"]
    parts = [*sure[:_MOST_COLUMNS], *([f"{len(sure) - _MOST_COLUMNS:,} more"] if len(sure) > _MOST_COLUMNS else [])]
    parts += [f"{'perhaps ' if rows.how == 'perhaps' else ''}which rows it has"] if rows else []
    parts += [f"perhaps {listed(unsure, _MOST_COLUMNS)}"] if unsure else []
    return f"{named}: {listed(parts)}"
