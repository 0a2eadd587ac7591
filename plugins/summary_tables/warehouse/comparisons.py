"""What a check that compares with earlier builds reads: a relation in brackets."""

from summary_tables.model.build import BuildRun
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.session import Session


def earlier_builds(table: SummaryTable, warehouse: Warehouse, run: BuildRun) -> str:
    """The builds of `table` that readers have seen, of runs that were due before `run`."""
    return dialect_of(warehouse.dialect).statements(warehouse.versions_schema).builds.earlier_builds(table, run)


def readable_earlier_builds(session: Session, table: SummaryTable, run: BuildRun) -> str:
    """`earlier_builds`, or none of them where the role of `session` cannot see the log. Raises `WarehouseError`."""
    may_read = session.sql.catalog.may_read(session.warehouse.versions_schema, BUILD_LOG.name)
    if not tables.is_up_to_date(session, BUILD_LOG) or not session.value(may_read):
        return session.sql.builds.no_earlier_builds()
    return earlier_builds(table, session.warehouse, run)
