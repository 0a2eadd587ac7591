"""The rows of a query become a version, and nothing that the query calls can write.

Most queries only compute: functions of the server's own, on tables and views of whomever. Such a query is planned
where nothing can write, and its plan fills the version, in one go and by several processes of the server. Whatever
else a query reaches may run a function of somebody: then its rows go through a temporary table, which is filled where
nothing can write.

All of it is one transaction. What the query names is resolved once, in a view; what it reads is locked as soon as it is
planned, so that nobody changes a view between the look at it and its use; and what owners of tables may still add
(indexes, statistics, children) makes the plan invalid, which ends this way of filling instead of planning anew.
"""

from dataclasses import dataclass

from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.sql.statements.filling import FillingStatements
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.outside_effects import refuse_functions
from summary_tables.warehouse.session.query_guard import result_columns
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.read_only_copy import copy_read_only
from summary_tables.warehouse.sources.result_types import require_trusted_types

_PLAN_IS_INVALID = "55000"


@dataclass(frozen=True, slots=True)
class QuerySource:
    """The rows of `query`, one SELECT that only reads, as it is sent: a `Source`."""

    query: str

    def columns(self, session: Session) -> tuple[str, ...]:
        """Nothing of the query is executed. Refuses all but one statement that only reads."""
        return result_columns(session, self.query)

    def typed_columns(self, session: Session) -> tuple[Column, ...]:
        """Nothing of the query is executed."""
        queries = session.sql.queries
        with session.transaction(read_only=True, keep=False):
            session.execute_query(queries.declare_cursor(self.query), self.query)
            return session.described(queries.describe(self.query), self.query)

    def fill_version(self, session: Session, table: SummaryTable, version: str) -> int:
        """A query may leave settings behind: they are undone."""
        filling = session.sql.filling
        rows = _filled_by_plan(session, filling, table, version, self.query) if filling else None
        if rows is None:
            rows = _filled_by_statement(session, table, version, self.query)
        # Redshift does not say how many rows it stored.
        return rows if rows >= 0 else int(session.value(session.sql.versions.count_rows(version)))

    def fill_copy(self, session: Session) -> int:
        """What the query calls can write nothing."""
        copying = session.sql.copying
        # Whoever has no such table builds no previews.
        assert copying is not None
        return copy_read_only(session, copying, self.query)


def _filled_by_statement(session: Session, table: SummaryTable, version: str, query: str) -> int:
    source = query
    if copying := session.sql.copying:
        copy_read_only(session, copying, query)
        source = copying.copied_query()
    rows = session.execute_query(session.sql.versions.create_version(version, table.attributes, source), source)
    session.reset()
    return rows


def _filled_by_plan(
    session: Session, filling: FillingStatements, table: SummaryTable, version: str, query: str
) -> int | None:
    """The number of rows, or None if the query must not run this way; then nothing of it is left."""
    if session.value(filling.runs_when_read()):
        return None
    session.execute("SAVEPOINT by_plan")
    rows = None
    if _plan(session, filling, version, query) and _only_computes(session, filling, version):
        rows = _run_plan(session, filling, table, version, query)
    if rows is None:
        session.execute("ROLLBACK TO SAVEPOINT by_plan")
        session.reset()
    else:
        session.reset()
        session.execute(filling.drop_source(version))
    session.execute(session.sql.session.FORGET_STATEMENTS)
    return rows


def _plan(session: Session, filling: FillingStatements, version: str, query: str) -> bool:
    """Is the plan that of our own statement? Planning runs functions, which may put another one in its place."""
    session.execute_query(filling.create_source(version, query), query)
    columns = session.rows(filling.source_columns(version))
    untrusted_types = filling.untrusted_types([kind for _, kind in columns])
    require_trusted_types(session, untrusted_types, [name for name, _ in columns])
    session.execute(session.sql.session.FORGET_STATEMENTS)
    # A plan holds for one search_path only, and what the query does when it runs may depend on that of the role.
    session.execute_query(filling.prepare_filling(version), query)
    prepared = session.rows(filling.prepared_filling())
    with session.read_only():
        session.execute_query(filling.plan_filling(), query)
    return session.rows(filling.prepared_filling()) == prepared


def _only_computes(session: Session, filling: FillingStatements, version: str) -> bool:
    ((acts, called),) = session.rows(filling.reached(version))
    refuse_functions(session, called)
    return not acts


def _run_plan(
    session: Session, filling: FillingStatements, table: SummaryTable, version: str, query: str
) -> int | None:
    session.execute(filling.keep_plan())
    try:
        return session.execute_query(filling.create_version_by_plan(version, table.attributes), query)
    except WarehouseError as error:
        # The query may fail with this code as well: it then does so again, where nothing can write.
        if error.sqlstate != _PLAN_IS_INVALID:
            raise
        return None
