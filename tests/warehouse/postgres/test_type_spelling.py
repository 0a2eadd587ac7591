"""What a type is called in full, however it is spelt, is what the server says."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.sql.dialects.postgres import catalog
from summary_tables.sql.dialects.postgres.type_spelling import full_type_name

Connection = psycopg.Connection[Any]

_WORDS = [
    *("int", "INTEGER", "smallint", "bigint", "real", "float", "double precision", "Double  Precision", "numeric"),
    *("decimal", "dec", "boolean", "varchar", "character varying", "char varying", "national character varying"),
    *("char", "character", "nchar", "national char", "bpchar", "bit", "bit varying", "varbit", "text", "date", "json"),
    *("timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone", "time", "timetz"),
    *("time with time zone", "interval", "interval year to month", "interval day to second", "interval second"),
    *("pg_catalog.int4", '"int4"', '"char"', "intger", "nosuch", "serial", "raw_data.mood", "uuid", "oid", "name"),
]
_SIZES = [
    "",
    "(0)",
    "(1)",
    "(3)",
    "(24)",
    "(53)",
    "(54)",
    "(10,2)",
    "(10, 0)",
    "(10,-2)",
    "(2000)",
    "(a)",
    "(20000000)",
]
_ZONED = ("timestamp", "time")


@st.composite
def spellings(draw: st.DrawFn) -> str:
    word, size = draw(st.sampled_from(_WORDS)), draw(st.sampled_from(_SIZES))
    first, _, rest = word.partition(" ")
    sized = f"{first}{size} {rest}".strip() if first in _ZONED else f"{word}{size}"
    return sized + draw(st.sampled_from(["", "", "[]", "[3]", "[][]", " array"]))


@pytest.fixture(scope="module")
def connection(server: EmbeddedPostgres) -> Iterator[Connection]:
    with server.connect() as opened:
        yield opened


@settings(max_examples=200)
@given(written=spellings())
def test_full_name_is_the_servers(connection: Connection, written: str) -> None:
    assert full_type_name(written) == _asked(connection, written), written


def test_every_type_of_the_catalog_by_each_of_its_names(connection: Connection) -> None:
    for name in catalog.type_names():
        for written in (catalog.shown(name), f"{catalog.shown(name)}[]"):
            assert full_type_name(written) == _asked(connection, written), written


def _asked(connection: Connection, written: str) -> object:
    """Empty where the server has no such type, or allows no column of it."""
    with connection.transaction(force_rollback=True):
        try:
            connection.execute(sql.SQL("CREATE TEMP TABLE asked (c {})").format(sql.SQL(written)))
        except psycopg.Error:
            return ""
        ((found,),) = connection.execute(
            "SELECT pg_catalog.format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = 'asked'::regclass AND attnum = 1 AND attidentity = '' AND NOT atthasdef"
        ).fetchall() or [("",)]
        return found
