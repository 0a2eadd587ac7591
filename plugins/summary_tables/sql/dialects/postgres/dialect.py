"""PostgreSQL."""

from summary_tables.sql.dialects.postgres.statements.builds import PostgresBuilds
from summary_tables.sql.dialects.postgres.statements.catalog import PostgresCatalog
from summary_tables.sql.dialects.postgres.statements.check_log import PostgresCheckLog
from summary_tables.sql.dialects.postgres.statements.copying import PostgresCopying
from summary_tables.sql.dialects.postgres.statements.filling import PostgresFilling
from summary_tables.sql.dialects.postgres.statements.history import PostgresHistory
from summary_tables.sql.dialects.postgres.statements.increments import PostgresIncrements
from summary_tables.sql.dialects.postgres.statements.indexes import PostgresIndexes
from summary_tables.sql.dialects.postgres.statements.inventory import PostgresInventory
from summary_tables.sql.dialects.postgres.statements.locks import PostgresLocks
from summary_tables.sql.dialects.postgres.statements.logs import PostgresLogs
from summary_tables.sql.dialects.postgres.statements.migration import PostgresMigration
from summary_tables.sql.dialects.postgres.statements.queries import PostgresQueries
from summary_tables.sql.dialects.postgres.statements.retyping import PostgresRetyping
from summary_tables.sql.dialects.postgres.statements.rights import PostgresRights
from summary_tables.sql.dialects.postgres.statements.session import PostgresSession
from summary_tables.sql.dialects.postgres.statements.versions import PostgresVersions
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.statements.views import PostgresViews
from summary_tables.sql.statements.statements import Statements


def statements(versions_schema: str) -> Statements:
    """All that is sent to a PostgreSQL, whose versions and logs stand in `versions_schema`."""
    schema = VersionsSchema(versions_schema)
    return Statements(
        session=PostgresSession(schema),
        queries=PostgresQueries(),
        versions=PostgresVersions(schema),
        views=PostgresViews(schema),
        rights=PostgresRights(schema),
        locks=PostgresLocks(schema),
        catalog=PostgresCatalog(),
        inventory=PostgresInventory(schema),
        logs=PostgresLogs(schema),
        builds=PostgresBuilds(schema),
        check_log=PostgresCheckLog(schema),
        history=PostgresHistory(schema),
        increments=PostgresIncrements(schema),
        filling=PostgresFilling(schema),
        copying=PostgresCopying(),
        indexes=PostgresIndexes(),
        retyping=PostgresRetyping(schema),
        migration=PostgresMigration(),
    )
