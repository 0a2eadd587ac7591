"""Give a published view what its file says of it, and withdraw what the file does not say any more."""

from collections.abc import Mapping

from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.rights.declared import Declared, declared, remember
from summary_tables.warehouse.rights.readers import follow_view, give_rights
from summary_tables.warehouse.session.session import Session


def declare(session: Session, table: SummaryTable, version: str, live: LiveTable) -> None:
    """Rights and comments of the view, which shows `version`. Readers do not wait for that.

    `live` is what stood there before: of a view that is new, whatever it has is not its file's. Belongs into the
    transaction that publishes.
    """
    stored = declared(session, table)
    before = stored if live.kind == "ours" else Declared()
    readers = give_rights(session, table, before)
    comments = _comment(session, table, before or Declared())
    follow_view(session, table, version)
    now = Declared(readers=readers, comments=comments)
    if now != stored:
        remember(session, table, now)


def _comment(session: Session, table: SummaryTable, before: Declared) -> Mapping[str, str]:
    """Returns the comments of the file. One that somebody has changed since is theirs."""
    sql, schema, name = session.sql, table.schema, table.table
    standing = {column for column, _ in session.rows(sql.catalog.columns(schema, name))}
    columns = {column.name: column.comment for column in table.columns if column.comment and column.name in standing}
    comments = {**({"": table.description} if table.description else {}), **columns}
    withdrawn = _withdrawn(session, table, {key: text for key, text in before.comments.items() if key not in comments})
    if table.description or "" in withdrawn:
        session.execute(sql.views.comment_on_view(schema, name, table.description))
    of_columns = {**{key: "" for key in withdrawn if key}, **columns}
    if of_columns:
        session.execute(sql.views.comment_on_columns(schema, name, of_columns))
    return comments


def _withdrawn(session: Session, table: SummaryTable, gone: Mapping[str, str]) -> set[str]:
    """Those of `gone` that stand as the file had them."""
    if not gone:
        return set()
    found = session.rows(session.sql.catalog.comments(table.schema, table.table))
    return {column or "" for column, text in found if gone.get(column or "") == text}
