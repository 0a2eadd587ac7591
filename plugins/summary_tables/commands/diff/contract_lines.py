"""What a change says of columns in `columns`: types, descriptions, personal data, and whether there is a contract."""

from collections.abc import Iterator, Sequence

from summary_tables.model.table import DeclaredColumn
from summary_tables.text.markdown_text import code, prose

_MOST = 40


def contract_lines(before: Sequence[DeclaredColumn], after: Sequence[DeclaredColumn]) -> Iterator[str]:
    """Lines below that of the columns, in Markdown. What each is called is told there."""
    if before and not after:
        yield "  - no longer in the file: whatever columns the query gives are published"
        return
    if after and not before:
        yield "  - now in the file: a query that gives other columns is not built"
    old = {column.name: column for column in before}
    lines = [line for column in after for line in _changes(old.get(column.name), column)]
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"  - and {len(lines) - _MOST:,} more changes"


def _changes(before: DeclaredColumn | None, after: DeclaredColumn) -> Iterator[str]:
    old = before or DeclaredColumn(name=after.name)
    name = code(after.name)
    if old.type != after.type:
        yield f"  - {name} is {_type(after)}" + (f", was {_type(old)}" if before else "")
    if old.pii != after.pii:
        now = "holds personal data: no value of it is shown" if after.pii else "holds no personal data any more"
        yield f"  - {name} {now}" + ("" if after.pii else ": messages may show its values")
    if old.description.strip() != after.description.strip():
        yield f"  - {name} is described as: {prose(after.description)}" if after.description.strip() else _silent(name)


def _silent(name: str) -> str:
    return f"  - {name} is no longer described; its comment in the warehouse stays"


def _type(column: DeclaredColumn) -> str:
    return code(column.type) if column.type else "of any type"
