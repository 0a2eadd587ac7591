"""The columns of a table before and after, and what publishing and readers make of the difference."""

from collections.abc import Iterator, Sequence

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.contract_lines import contract_lines
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import DeclaredColumn
from summary_tables.sql.query import OutputColumn, Query
from summary_tables.text.markdown_text import code, prose

_MOST = 40
_REFUSED = (
    "**Publishing refuses this**: the run would fail, and readers keep the table as it is. Keep what readers have, or "
    "build a table of another name"
)


def column_lines(change: TableChange) -> Iterator[str]:
    """Lines of a list in Markdown."""
    before, after = _columns(change.before), _columns(change.after)
    if change.before is None or change.after is None:
        yield f"- **Columns** {_listed(after if change.after else before)}"
        yield from (f"  - {words}" for words in map(_described, change.file.config.table.columns[:_MOST]) if words)
    elif before is not None and after is not None:
        yield from _differences(_names(before), _names(after), change.before.full_name == change.after.full_name)
    else:
        yield f"- **Columns** {_listed(before)} → {_listed(after)}"
    if change.before and change.after:
        yield from contract_lines(change.before.config.table.columns, change.after.config.table.columns)
    if change.after:
        yield from _unnamed(after or ())


def lost_columns(change: TableChange) -> str:
    """Columns that a table which keeps its name loses, as Markdown; empty where none is known to be lost."""
    before, after = _columns(change.before), _columns(change.after)
    if change.before is None or change.before.full_name != change.name or before is None or after is None:
        return ""
    return _codes([name for name in _names(before) if name not in _names(after)])


def column_names(file: TableFile | None) -> Sequence[str] | None:
    """The columns that a table has, in their order; None where they are not known from the query alone."""
    found = _columns(file)
    return None if found is None else _names(found)


def _columns(file: TableFile | None) -> Sequence[OutputColumn] | None:
    """None where they are not known."""
    if file and file.config.table.cells:
        names = (column.name for column in file.config.table.columns)
        return tuple(
            OutputColumn(name=name, text=name, is_named=True, is_star=False, offset=0, length=0) for name in names
        )
    parsed = file.main_query.parsed if file else None
    if not isinstance(parsed, Query) or any(column.is_star for column in parsed.columns):
        return None
    return parsed.columns


def _described(column: DeclaredColumn) -> str:
    """What the file says of a column besides its name; empty where that is nothing."""
    words = "; ".join(filter(None, (column.type and code(column.type), column.comment and prose(column.comment))))
    return f"{code(column.name)}: {words}" if words else ""


def _names(columns: Sequence[OutputColumn]) -> list[str]:
    return [column.name for column in columns]


def _listed(columns: Sequence[OutputColumn] | None) -> str:
    return _codes(_names(columns)) if columns is not None else "not known from the query alone"


def _differences(before: Sequence[str], after: Sequence[str], is_same_table: bool) -> Iterator[str]:
    if before == after:
        yield f"- **Columns** {_codes(after)}, as before"
        return
    added = [name for name in after if name not in before]
    removed = [name for name in before if name not in after]
    yield f"- **Columns** {_codes(before)} → {_codes(after)}"
    if added:
        where = ", which readers find behind the columns they know" if is_same_table and not removed else ""
        yield f"  - new: {_codes(added)}{where}"
    if removed:
        yield f"  - gone: {_codes(removed)}" + (f". {_REFUSED}" if is_same_table else "")
    if is_same_table and [name for name in after if name in before] != [name for name in before if name in after]:
        yield "  - in another order: readers keep the order that they have"


def _unnamed(columns: Sequence[OutputColumn]) -> Iterator[str]:
    for column in [column for column in columns if not column.is_named and column.text][:_MOST]:
        yield f"  - without a name: {code(column.text, longest=60)} becomes {code(column.name)}; write `AS` and a name"


def _codes(names: Sequence[str]) -> str:
    rest = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(map(code, names[:_MOST])) + rest
