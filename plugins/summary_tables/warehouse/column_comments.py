"""The descriptions of columns as comments in the warehouse. Where the file has none, one of somebody else stays."""

from collections.abc import Collection

from summary_tables.model import SummaryTable
from summary_tables.warehouse.session import Session


def comment_view(session: Session, table: SummaryTable, columns: Collection[str]) -> None:
    """`columns` are those of the view: it may show a version that was built before the file was changed."""
    _comment(session, table, table.schema, table.table, columns)


def comment_version(session: Session, table: SummaryTable, version: str, columns: Collection[str]) -> None:
    """For those who look at a version itself."""
    _comment(session, table, session.warehouse.versions_schema, version, columns)


def _comment(session: Session, table: SummaryTable, schema: str, name: str, columns: Collection[str]) -> None:
    comments = {c.name: c.comment for c in table.columns if c.comment and c.name in columns}
    if comments:
        session.execute(session.sql.comment_on_columns(schema, name, comments))
