"""PostgreSQL."""

from typing import Final

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect, Functions, Grammar, Phrases
from summary_tables.sql.dialects.postgres import date_arithmetic, functions, outside_effects
from summary_tables.sql.dialects.postgres.lexical import LEXICAL
from summary_tables.sql.dialects.postgres.statements.builds import PostgresBuilds
from summary_tables.sql.dialects.postgres.statements.catalog import PostgresCatalog
from summary_tables.sql.dialects.postgres.statements.check_log import PostgresCheckLog
from summary_tables.sql.dialects.postgres.statements.comparing import PostgresComparing
from summary_tables.sql.dialects.postgres.statements.copying import PostgresCopying
from summary_tables.sql.dialects.postgres.statements.filling import PostgresFilling
from summary_tables.sql.dialects.postgres.statements.history import PostgresHistory
from summary_tables.sql.dialects.postgres.statements.incidents import PostgresIncidents
from summary_tables.sql.dialects.postgres.statements.increments import PostgresIncrements
from summary_tables.sql.dialects.postgres.statements.indexes import PostgresIndexes
from summary_tables.sql.dialects.postgres.statements.inventory import PostgresInventory
from summary_tables.sql.dialects.postgres.statements.loading import PostgresLoading
from summary_tables.sql.dialects.postgres.statements.locks import PostgresLocks
from summary_tables.sql.dialects.postgres.statements.logs import PostgresLogs
from summary_tables.sql.dialects.postgres.statements.migration import PostgresMigration
from summary_tables.sql.dialects.postgres.statements.queries import PostgresQueries
from summary_tables.sql.dialects.postgres.statements.retyping import PostgresRetyping
from summary_tables.sql.dialects.postgres.statements.rights import PostgresRights
from summary_tables.sql.dialects.postgres.statements.session import PostgresSession
from summary_tables.sql.dialects.postgres.statements.sources import PostgresSources
from summary_tables.sql.dialects.postgres.statements.table_histories import PostgresTableHistories
from summary_tables.sql.dialects.postgres.statements.versions import PostgresVersions
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.statements.views import PostgresViews
from summary_tables.sql.dialects.postgres.statements.watch import PostgresWatch
from summary_tables.sql.dialects.postgres.wider_type import TYPES
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
        incidents=PostgresIncidents(schema),
        increments=PostgresIncrements(schema),
        loading=PostgresLoading(schema),
        watch=PostgresWatch(schema),
        sources=PostgresSources(),
        table_histories=PostgresTableHistories(schema),
        filling=PostgresFilling(schema),
        copying=PostgresCopying(),
        comparing=PostgresComparing(),
        indexes=PostgresIndexes(),
        retyping=PostgresRetyping(schema),
        migration=PostgresMigration(),
    )


def _as_it_is(sql: str) -> str:
    return sql


def _none_refused(_: str) -> tuple[Finding[Span], ...]:
    return ()


DIALECT: Final = Dialect(
    name="postgres",
    title="PostgreSQL",
    lexical=LEXICAL,
    grammar=Grammar(readable=_as_it_is, own_words=frozenset(), sqlglot="postgres", unnests_columns=False),
    functions=Functions(
        foreign=functions.FOREIGN,
        newer=functions.NEWER,
        date_arithmetic=date_arithmetic.FUNCTIONS,
        acting=outside_effects.BUILT_IN,
        acting_extensions=outside_effects.OF_EXTENSIONS,
        are_known=True,
    ),
    types=TYPES,
    phrases=Phrases(fractions="numeric", join_texts="STRING_AGG(name, ',')", json_key="->> '{}'"),
    statements=statements,
    refusals=_none_refused,
    settings=frozenset(("fillfactor", "tablespace", "indexes", "work_mem_mb")),
    catalog_prefixes=("pg_",),
    needs_typed_dates=True,
    having_knows_aliases=False,
    runs_on_postgres=True,
)
