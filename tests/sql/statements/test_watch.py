"""Statements of the watch as they are sent, for both warehouses. Redshift's are parsed, never run."""

from datetime import UTC, datetime

import sqlglot

from summary_tables.model.logs import WATCHED_FILES
from summary_tables.model.watched_file import WatchedFile
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

_AT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
_FILE = WatchedFile(
    file="nps_summary.yaml",
    digest="00ff",
    known_at=_AT,
    schema="analytics",
    table="nps_summary",
    document='{"owner": "it\'s 채널"}',
)
_BROKEN = WatchedFile(file="new\\.yaml", digest="11ee", known_at=_AT, problems='["12:1: `ouput_check`"]')


def statements(sql: Statements) -> list[str]:
    return [
        *sql.logs.create_log(WATCHED_FILES),
        sql.watch.last_publications(),
        sql.watch.watched_files(),
        sql.watch.forget_files(["nps_summary.yaml", "new\\.yaml"]),
        sql.watch.log_files([_FILE, _BROKEN]),
    ]


def test_postgres() -> None:
    assert_golden_statements("postgres_watch", statements(postgres.statements("summary_tables")))


def test_redshift() -> None:
    sent = statements(redshift.statements("summary_tables"))
    assert_golden_statements("redshift_watch", sent)
    for statement in sent:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1
    unknown = ("INDEX", "LATERAL", "RECURSIVE", " E'")
    assert [(word, statement) for word in unknown for statement in sent if word in statement] == []
