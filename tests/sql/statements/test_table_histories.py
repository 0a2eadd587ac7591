"""What the catalogue asks the logs, as it is sent. Redshift's is parsed; that it says the same as PostgreSQL's:
`tests/warehouse/postgres/test_table_histories.py`."""

import sqlglot

from summary_tables.model.logs import BUILD_LOG
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

_NAMES = (("analytics", "nps_summary"), ("o'ps", "채널\\"))


def _statements(sql: Statements) -> list[str]:
    return [
        sql.table_histories.last_builds(),
        sql.table_histories.last_checks(),
        sql.table_histories.recent_runs(_NAMES, 30),
        sql.table_histories.builds_of(*_NAMES[1], 100),
        sql.table_histories.checks_of(*_NAMES[1], 30),
        *sql.logs.log_index(BUILD_LOG),
        *sql.logs.add_log_index(BUILD_LOG),
    ]


def test_postgres() -> None:
    assert_golden_statements("postgres_table_histories", _statements(postgres.statements("summary_tables")))


def test_redshift() -> None:
    statements = _statements(redshift.statements("summary_tables"))
    assert_golden_statements("redshift_table_histories", statements)
    for statement in statements:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1


def test_redshift_has_none_of_what_it_does_not_know() -> None:
    unknown = ("INDEX", "LATERAL", "FILTER", "DISTINCT ON", "VALUES", "ARRAY", " E'")
    statements = _statements(redshift.statements("summary_tables"))
    assert [(word, sql) for word in unknown for sql in statements if word in sql] == []
