"""Statements about versions and roll-backs as they are sent, for both warehouses. Redshift's are parsed, never run."""

import sqlglot

from summary_tables.model.logs import DECLARED, LOGS, ROLL_BACK_LOG
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

_NAME = ("analytics", "nps_summary")
_OLD, _NEW = "nps_summary__20261121T030405_f97565be1312", "nps_summary__20261122T030405_0a7565be13ff"


def versions(sql: Statements) -> list[str]:
    return [
        sql.history.logged_tables(),
        sql.history.logged_names(),
        sql.history.logged_versions(*_NAME),
        sql.history.added_runs(*_NAME),
        sql.versions.standing_tables(),
        sql.catalog.dependents(*_NAME),
        *sql.rights.readers(*_NAME),
        *sql.rights.may_act_as("o'wner"),
        sql.views.drop_view(*_NAME),
        *(sql.logs.forget(log, *_NAME) for log in LOGS),
    ]


def roll_back(sql: Statements) -> list[str]:
    return [
        sql.session.session_user(),
        *sql.logs.create_log(ROLL_BACK_LOG),
        sql.logs.own_log(ROLL_BACK_LOG, "builder"),
        sql.history.log_roll_back(*_NAME, _NEW, _OLD, "o'\\wner"),
        sql.history.roll_backs(*_NAME),
    ]


def rights(sql: Statements) -> list[str]:
    return [
        *sql.rights.role_ids(("reader", "group Analysts", "o'ps")),
        sql.rights.readers_given(*_NAME),
        *sql.rights.column_readers(*_NAME, "16402"),
        *sql.rights.may_use_schema("o'ps", "analytics"),
        *sql.rights.may_use_schema("group Analysts", "analytics"),
        sql.rights.may_create_schemas(),
        sql.rights.revoke_select(*_NAME, "group Analysts"),
        sql.rights.grant_columns(*_NAME, ("date", "nps"), "reader"),
        *sql.rights.reads_as_reader(*_NAME),
        *sql.rights.left_readers(*_NAME, migrated_only=True),
        sql.rights.revoke_version(_OLD, "PUBLIC"),
        *sql.logs.create_log(DECLARED),
        sql.logs.declared(*_NAME),
        sql.logs.log_declared(*_NAME, '{"16402": "reader"}', "{}"),
        sql.views.comment_on_view(*_NAME, ""),
        sql.views.comment_on_columns(*_NAME, {"date": "", "nps": "Score."}),
    ]


def test_postgres() -> None:
    assert_golden_statements("postgres_versions", versions(postgres.statements("summary_tables")))
    assert_golden_statements("postgres_roll_back", roll_back(postgres.statements("summary_tables")))
    assert_golden_statements("postgres_rights", rights(postgres.statements("summary_tables")))


def test_redshift() -> None:
    sql = redshift.statements("summary_tables")
    assert_golden_statements("redshift_versions", versions(sql))
    assert_golden_statements("redshift_roll_back", roll_back(sql))
    assert_golden_statements("redshift_rights", rights(sql))
    # The parser does not know a comment that is taken away.
    known = [statement for statement in rights(sql) if "IS NULL" not in statement]
    for statement in versions(sql) + roll_back(sql) + known:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1


def test_redshift_has_none_of_what_it_does_not_know() -> None:
    sql = redshift.statements("summary_tables")
    unknown = ("aclexplode", "pg_describe_object", "pg_has_role", "pg_total_relation_size", "SET LOCAL", " E'")
    statements = versions(sql) + roll_back(sql) + rights(sql)
    assert [(word, text) for word in unknown for text in statements if word in text] == []
