"""A refresh strategy that the product does not have, in one module: rows are added whose key is not there yet."""

from collections.abc import Mapping

from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.quoting import identifier
from summary_tables.sql.statements.increments import IncrementStatements
from summary_tables.text.english import quoted
from summary_tables.warehouse.increments.merge import Merge
from summary_tables.warehouse.increments.strategy import Addition, Asked, Change, Preview, Strategy, Whole


class InsertNew(Strategy):
    """The row that came first stays."""

    NAME = "insert_new"

    def in_words(self, refresh: Refresh, /) -> str:
        return f"each run adds the rows with a {quoted(refresh.unique_key)} that is not there yet"

    def preview_words(self, refresh: Refresh, preview: Preview, /) -> str:
        return f"add those of {preview.rows} to {preview.target} with a {quoted(refresh.unique_key)} that is new there"

    def columns(self, refresh: Refresh, /) -> Mapping[str, tuple[str, ...]]:
        return {"unique_key": refresh.unique_key}

    def why_not_rows(self, asked: Asked, addition: Addition, /) -> str:
        return Merge().why_not_rows(asked, addition)

    def change(self, sql: IncrementStatements, addition: Addition, base: str, /) -> Change:
        columns, key = tuple(addition.types), addition.refresh.unique_key
        return Change(insert=sql.add_rows_of_new_keys(base, addition.version, columns, addition.moment, key))

    def whole(self, _sql: IncrementStatements, addition: Addition, old: str, _fresh: str, /) -> Whole:
        same = " AND ".join(f"old.{identifier(name)} = new.{identifier(name)}" for name in addition.refresh.unique_key)
        return Whole(come=f"\nWHERE NOT EXISTS (SELECT 1 FROM {old} AS old WHERE {same})")

    def lost(self, asked: Asked, table: SummaryTable, live: str, whole: str, /) -> str:
        return Merge().lost(asked, table, live, whole)
