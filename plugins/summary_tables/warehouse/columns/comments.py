"""The descriptions of columns as comments of a version, for those who look at it; those of the view: `declare`."""

from collections.abc import Collection

from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.session import Session


def comment_version(session: Session, table: SummaryTable, version: str, columns: Collection[str]) -> None:
    """`columns` are those of the version."""
    comments = {c.name: c.comment for c in table.columns if c.comment and c.name in columns}
    if comments:
        session.execute(session.sql.views.comment_on_columns(session.warehouse.versions_schema, version, comments))
