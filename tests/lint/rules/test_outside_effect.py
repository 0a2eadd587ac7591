"""Functions that do something else than compute, however they are written; the case has the messages."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import outside_effect
from summary_tables.sql import outside_effects
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from tests.lint.rules.one_rule import config, said

REDSHIFT = "warehouse: {dialect: redshift}\n"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT NOW() AS a, RANDOM() AS b, PG_TYPEOF(c) AS c, pg_notify AS d, current_setting('role') AS e FROM s.t",
        "SELECT tools.pg_notify(a) AS b, 'pg_notify(a)' AS c, $$pg_notify(a)$$ AS d FROM s.t -- pg_notify(a)",
        'SELECT pg_notify.a, t."PG_NOTIFY" AS b, "PG_NOTIFY"(b) AS c FROM s.t',
        "SELECT a FROM s.t AS nextval(a)",
        "SELECT a FROM raw_data.http_get",
    ],
)
def test_silent(sql: str, tmp_path: Path) -> None:
    assert said(outside_effect.RULE, tmp_path, config(sql)) == []


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("SELECT pg_notify('a', 'b')", "pg_notify"),
        ("SELECT PG_Notify ('a', 'b')", "pg_notify"),
        ("SELECT pg_notify/* /* */ */('a', 'b')", "pg_notify"),
        ("SELECT pg_notify -- x\n('a', 'b')", "pg_notify"),
        ('SELECT "pg_notify"(a)', "pg_notify"),
        ("SELECT pg_catalog.pg_notify(a)", "pg_notify"),
        ('SELECT "pg_catalog" . "pg_notify" (a)', "pg_notify"),
        ('SELECT U&"pg_\\006eotify"(a)', "pg_notify"),
        ("SELECT U&\"pg_!006eotify\" UESCAPE '!' (a)", "pg_notify"),
        ('SELECT u&"\\+000070g_notify"(a)', "pg_notify"),
        ("SELECT ('/etc/passwd'::text).pg_read_file", "pg_read_file"),
        ("SELECT (ARRAY['a'])[1].pg_read_file", "pg_read_file"),
        ("SELECT o.pg_cancel_backend AS a FROM generate_series(1, 9) AS o", "pg_cancel_backend"),
        ('SELECT 1 AS a FROM unnest(ARRAY[1]) AS o WHERE "o" . "pg_terminate_backend"', "pg_terminate_backend"),
        ('SELECT U&"o".U&"lo_!0063reat" UESCAPE \'!\' AS a FROM unnest(ARRAY[1]) AS o', "lo_creat"),
        ("SELECT a FROM dblink('x', 'y') AS t(a int)", "dblink"),
        ("SELECT a FROM extensions.dblink('x', 'y') AS t(a int)", "dblink"),
        ("SELECT 1 WHERE EXISTS (SELECT lo_create(0))", "lo_create"),
        ("SELECT query_to_xml('SELECT 1', true, true, '')", "query_to_xml"),
    ],
)
def test_found_wherever_it_is_called(sql: str, name: str) -> None:
    assert [call.name for call in outside_effects.calls(sql, POSTGRES)] == [name]


def test_each_warehouse_has_its_own(tmp_path: Path) -> None:
    sql = config("SELECT CHANGE_QUERY_PRIORITY(1, 'Low') AS a, PG_NOTIFY('a', 'b') AS b FROM s.t")
    assert said(outside_effect.RULE, tmp_path, sql, defaults=REDSHIFT) == [
        "4:10+21 error: `change_query_priority` changes how the server runs, and a query may only read; fix: "
    ]
