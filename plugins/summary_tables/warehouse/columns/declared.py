"""The columns that a file declares, and those that a source gives instead."""

from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.columns.contract import compared, contract_table, contract_words
from summary_tables.warehouse.declared_types import declared_types
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.source import Source


def require_declared_columns(session: Session, table: SummaryTable, source: Source) -> None:
    """Raise `WarehouseError` with both lists unless the columns of `source` are those that `table` declares, if any."""
    if not table.columns:
        return
    types = declared_types(session, table)
    columns = compared(session.dialect.types, table.columns, source.typed_columns(session), types)
    words = contract_words(columns)
    if words:
        raise WarehouseError(words, details=contract_table(columns))
