"""Statements about versions and roll-backs as they are sent, for both warehouses. Redshift's are parsed, never run."""

import sqlglot

from summary_tables.model.logs import DECLARED, LOGS, ROLL_BACK_LOG
from summary_tables.sql.dialects.postgres.publishing import Statements
from summary_tables.sql.dialects.redshift.statements import RedshiftStatements
from tests.golden_files import assert_golden

_NAME = ("analytics", "nps_summary")
_OLD, _NEW = "nps_summary__20261121T030405_f97565be1312", "nps_summary__20261122T030405_0a7565be13ff"


def versions(sql: Statements) -> list[str]:
    return [
        sql.logged_tables(),
        sql.logged_names(),
        sql.logged_versions(*_NAME),
        sql.added_runs(*_NAME),
        sql.standing_tables(),
        sql.dependents(*_NAME),
        *sql.readers(*_NAME),
        *sql.may_act_as("o'wner"),
        sql.drop_view(*_NAME),
        *(sql.forget(log, *_NAME) for log in LOGS),
    ]


def roll_back(sql: Statements) -> list[str]:
    return [
        sql.session_user(),
        *sql.create_log(ROLL_BACK_LOG),
        sql.own_log(ROLL_BACK_LOG, "builder"),
        sql.log_roll_back(*_NAME, _NEW, _OLD, "o'\\wner"),
        sql.roll_backs(*_NAME),
    ]


def rights(sql: Statements) -> list[str]:
    return [
        *sql.role_ids(("reader", "group Analysts", "o'ps")),
        sql.readers_given(*_NAME),
        *sql.column_readers(*_NAME, "16402"),
        sql.revoke_select(*_NAME, "group Analysts"),
        sql.grant_columns(*_NAME, ("date", "nps"), "reader"),
        *sql.reads_as_reader(*_NAME),
        *sql.left_readers(*_NAME, migrated_only=True),
        sql.revoke_version(_OLD, "PUBLIC"),
        *sql.create_log(DECLARED),
        sql.declared(*_NAME),
        sql.log_declared(*_NAME, '{"16402": "reader"}', "{}"),
        sql.comment_on_view(*_NAME, ""),
        sql.comment_on_columns(*_NAME, {"date": "", "nps": "Score."}),
    ]


def golden(name: str, statements: list[str]) -> None:
    assert_golden(f"statements/{name}.sql", "\n\n".join(f"{statement.rstrip()}\n;" for statement in statements) + "\n")


def test_postgres() -> None:
    golden("postgres_versions", versions(Statements("summary_tables")))
    golden("postgres_roll_back", roll_back(Statements("summary_tables")))
    golden("postgres_rights", rights(Statements("summary_tables")))


def test_redshift() -> None:
    sql = RedshiftStatements("summary_tables")
    golden("redshift_versions", versions(sql))
    golden("redshift_roll_back", roll_back(sql))
    golden("redshift_rights", rights(sql))
    # The parser does not know a comment that is taken away.
    known = [statement for statement in rights(sql) if "IS NULL" not in statement]
    for statement in versions(sql) + roll_back(sql) + known:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1


def test_redshift_has_none_of_what_it_does_not_know() -> None:
    sql = RedshiftStatements("summary_tables")
    unknown = ("aclexplode", "pg_describe_object", "pg_has_role", "pg_total_relation_size", "SET LOCAL", " E'")
    statements = versions(sql) + roll_back(sql) + rights(sql)
    assert [(word, text) for word in unknown for text in statements if word in text] == []
