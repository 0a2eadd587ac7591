"""Amazon Redshift, which grew out of PostgreSQL 8: what it spells as PostgreSQL does is PostgreSQL's.

Written from Amazon's documentation and checked by a parser only: it has not been run on a live cluster.
Redshift has no advisory locks (the build log is locked instead), no lock_timeout, no indexes, no CREATE OR REPLACE
options, and its scalar functions cannot write.
"""

from summary_tables.sql.dialects.postgres.statements.check_log import PostgresCheckLog
from summary_tables.sql.dialects.postgres.statements.history import PostgresHistory
from summary_tables.sql.dialects.postgres.statements.increments import PostgresIncrements
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.redshift.statements.builds import RedshiftBuilds
from summary_tables.sql.dialects.redshift.statements.catalog import RedshiftCatalog
from summary_tables.sql.dialects.redshift.statements.inventory import RedshiftInventory
from summary_tables.sql.dialects.redshift.statements.locks import RedshiftLocks
from summary_tables.sql.dialects.redshift.statements.logs import RedshiftLogs
from summary_tables.sql.dialects.redshift.statements.queries import RedshiftQueries
from summary_tables.sql.dialects.redshift.statements.rights import RedshiftRights
from summary_tables.sql.dialects.redshift.statements.session import RedshiftSession
from summary_tables.sql.dialects.redshift.statements.versions import RedshiftVersions
from summary_tables.sql.dialects.redshift.statements.views import RedshiftViews
from summary_tables.sql.dialects.redshift.text import backslash_literal
from summary_tables.sql.statements.statements import Statements


def statements(versions_schema: str) -> Statements:
    """All that is sent to a Redshift, whose versions and logs stand in `versions_schema`."""
    schema = VersionsSchema(versions_schema, literal=backslash_literal, now="SYSDATE", text_type="varchar(65535)")
    return Statements(
        session=RedshiftSession(schema),
        queries=RedshiftQueries(),
        versions=RedshiftVersions(schema),
        views=RedshiftViews(schema),
        rights=RedshiftRights(schema),
        locks=RedshiftLocks(schema),
        catalog=RedshiftCatalog(),
        inventory=RedshiftInventory(schema),
        logs=RedshiftLogs(schema),
        builds=RedshiftBuilds(schema),
        check_log=PostgresCheckLog(schema),
        history=PostgresHistory(schema),
        increments=PostgresIncrements(schema),
    )
