"""A check below `checks` of a column, as the item of `output_check` that it stands for."""

from collections.abc import Iterator, Mapping
from typing import Any

from summary_tables.checks import CHECK_KINDS


def words() -> tuple[str, ...]:
    """Kinds that need nothing but the column: written as the word, or as `not_null: true` with something beside it."""
    return tuple(key for key, kind in CHECK_KINDS.items() if kind.NEEDS_COLUMN_ONLY)


def items_for_column(column: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The items for all checks of a column, `column` being its data in the file, which the schema allows."""
    for written in column.get("checks", ()):
        yield item_for_column(column["name"], written)


def item_for_column(column: str, written: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """E.g. `{"range": {"column": "nps", "min": 0}, "name": "..."}` for `{"range": {"min": 0}, "name": "..."}`.

    `written` is one that the schema allows.
    """
    item = {written: True} if isinstance(written, str) else written
    return {key: _with_column(column, key, value) for key, value in item.items()}


def _with_column(column: str, key: str, value: object) -> object:
    kind = CHECK_KINDS.get(key)
    if kind and kind.NEEDS_COLUMN_ONLY:
        return column if kind.IS_COLUMNS else {"column": column}
    return {"column": column, **value} if isinstance(value, Mapping) else value
