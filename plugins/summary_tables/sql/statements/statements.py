"""All that is sent to a warehouse of one kind."""

from dataclasses import dataclass

from summary_tables.sql.statements.builds import BuildStatements
from summary_tables.sql.statements.catalog import CatalogStatements
from summary_tables.sql.statements.check_log import CheckLogStatements
from summary_tables.sql.statements.comparing import ComparingStatements
from summary_tables.sql.statements.copying import CopyingStatements
from summary_tables.sql.statements.filling import FillingStatements
from summary_tables.sql.statements.history import HistoryStatements
from summary_tables.sql.statements.incidents import IncidentStatements
from summary_tables.sql.statements.increments import IncrementStatements
from summary_tables.sql.statements.indexes import IndexStatements
from summary_tables.sql.statements.inventory import InventoryStatements
from summary_tables.sql.statements.loading import LoadingStatements
from summary_tables.sql.statements.locks import LockStatements
from summary_tables.sql.statements.logs import LogStatements
from summary_tables.sql.statements.migration import MigrationStatements
from summary_tables.sql.statements.queries import QueryStatements
from summary_tables.sql.statements.retyping import RetypingStatements
from summary_tables.sql.statements.rights import RightStatements
from summary_tables.sql.statements.session import SessionStatements
from summary_tables.sql.statements.sources import SourceStatements
from summary_tables.sql.statements.table_histories import TableHistoryStatements
from summary_tables.sql.statements.versions import VersionStatements
from summary_tables.sql.statements.views import ViewStatements
from summary_tables.sql.statements.watch import WatchStatements


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """A part that is None is something that the warehouse cannot do; whoever wants it says so to the user.

    Methods that return a tuple give statements to be sent one by one; an empty one: the warehouse needs none.
    Without `filling` and `copying`, no function that a query calls can write.
    """

    session: SessionStatements
    queries: QueryStatements
    versions: VersionStatements
    views: ViewStatements
    rights: RightStatements
    locks: LockStatements
    catalog: CatalogStatements
    inventory: InventoryStatements
    logs: LogStatements
    builds: BuildStatements
    check_log: CheckLogStatements
    history: HistoryStatements
    incidents: IncidentStatements
    increments: IncrementStatements
    loading: LoadingStatements
    sources: SourceStatements
    table_histories: TableHistoryStatements
    watch: WatchStatements
    filling: FillingStatements | None = None
    copying: CopyingStatements | None = None
    comparing: ComparingStatements | None = None
    indexes: IndexStatements | None = None
    retyping: RetypingStatements | None = None
    migration: MigrationStatements | None = None
