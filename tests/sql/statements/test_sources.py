"""What is asked of tables of others, as it is sent; Redshift's is parsed, never run."""

import sqlglot

from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from tests.sql.statements.golden_statements import assert_golden_statements


def test_newest_row() -> None:
    of_postgres, of_redshift = (
        dialect.statements("summary_tables").sources.newest('raw "data', "orders", "loaded at")
        for dialect in (postgres, redshift)
    )
    assert_golden_statements("postgres_newest_row", [of_postgres])
    assert_golden_statements("redshift_newest_row", [of_redshift])
    assert sqlglot.parse_one(of_redshift, dialect="redshift")
