"""Amazon Redshift, which grew out of PostgreSQL 8: what it spells as PostgreSQL does is PostgreSQL's.

Written from Amazon's documentation and checked by a parser only: it has not been run on a live cluster.
Redshift has no advisory locks (the build log is locked instead), no lock_timeout, no indexes, no CREATE OR REPLACE
options, and its scalar functions cannot write.
"""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from summary_tables.sql.dialect import Dialect, Functions, Grammar, Phrases
from summary_tables.sql.dialects.postgres.statements.check_log import PostgresCheckLog
from summary_tables.sql.dialects.postgres.statements.history import PostgresHistory
from summary_tables.sql.dialects.postgres.statements.increments import PostgresIncrements
from summary_tables.sql.dialects.postgres.statements.sources import PostgresSources
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.wider_type import TYPES
from summary_tables.sql.dialects.redshift import functions, grammar, outside_effects, refusals
from summary_tables.sql.dialects.redshift.lexical import LEXICAL
from summary_tables.sql.dialects.redshift.statements.builds import RedshiftBuilds
from summary_tables.sql.dialects.redshift.statements.catalog import RedshiftCatalog
from summary_tables.sql.dialects.redshift.statements.incidents import RedshiftIncidents
from summary_tables.sql.dialects.redshift.statements.inventory import RedshiftInventory
from summary_tables.sql.dialects.redshift.statements.loading import RedshiftLoading
from summary_tables.sql.dialects.redshift.statements.locks import RedshiftLocks
from summary_tables.sql.dialects.redshift.statements.logs import RedshiftLogs
from summary_tables.sql.dialects.redshift.statements.queries import RedshiftQueries
from summary_tables.sql.dialects.redshift.statements.rights import RedshiftRights
from summary_tables.sql.dialects.redshift.statements.session import RedshiftSession
from summary_tables.sql.dialects.redshift.statements.table_histories import RedshiftTableHistories
from summary_tables.sql.dialects.redshift.statements.versions import RedshiftVersions
from summary_tables.sql.dialects.redshift.statements.views import RedshiftViews
from summary_tables.sql.dialects.redshift.statements.watch import RedshiftWatch
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
        incidents=RedshiftIncidents(schema),
        increments=PostgresIncrements(schema),
        loading=RedshiftLoading(schema),
        watch=RedshiftWatch(schema),
        sources=PostgresSources(),
        table_histories=RedshiftTableHistories(schema),
    )


def full_name(written: str) -> str:
    """See `type_spelling`, which no running task has a use for."""
    from summary_tables.sql.dialects.redshift.type_spelling import full_type_name

    return full_type_name(written)


def type_names() -> Sequence[str]:
    """See `type_spelling`."""
    from summary_tables.sql.dialects.redshift import type_spelling

    return type_spelling.NAMES


DIALECT: Final = Dialect(
    name="redshift",
    title="Redshift",
    lexical=LEXICAL,
    grammar=Grammar(readable=grammar.replaced, own_words=grammar.OWN_WORDS, sqlglot="redshift", unnests_columns=True),
    functions=Functions(
        foreign=functions.FOREIGN,
        newer=frozenset(),
        date_arithmetic=MappingProxyType({}),
        acting=outside_effects.BUILT_IN,
        acting_extensions=outside_effects.OF_EXTENSIONS,
        are_known=False,
    ),
    types=replace(TYPES, full_name=full_name, names=type_names),
    # Its `numeric` without digits has none behind the point.
    phrases=Phrases(fractions="float", join_texts="LISTAGG(name, ',')", json_key=".{}"),
    statements=statements,
    refusals=refusals.mistakes,
    settings=frozenset(("diststyle", "distkey", "sortkey", "sortstyle")),
    # https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html
    catalog_prefixes=("pg_", "stl_", "stv_", "svv_", "svl_", "svcs_", "sys_"),
    needs_typed_dates=False,
    having_knows_aliases=True,
    runs_on_postgres=False,
)
