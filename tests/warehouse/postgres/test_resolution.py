"""What lint makes of a call is what a real PostgreSQL makes of it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.sql.dialects.postgres import catalog, resolution
from summary_tables.sql.dialects.postgres.catalog import POLYMORPHIC, UNKNOWN

TYPES = (
    "int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "date", "timestamp",
    "timestamptz", "time", "interval", "bool", "jsonb", "json", "uuid", "_int4", "_text", "int4range", UNKNOWN,
)  # fmt: skip
FUNCTIONS = (
    "abs", "age", "array_agg", "array_length", "avg", "bit_length", "btrim", "ceil", "char_length", "count", "date_bin",
    "date_part", "date_trunc", "div", "exp", "extract", "floor", "generate_series", "initcap", "json_agg",
    "justify_days", "least_common", "left", "length", "ln", "log", "lower", "lpad", "ltrim", "make_date", "max", "md5",
    "min", "mod", "position", "power", "regexp_replace", "repeat", "replace", "right", "round", "rpad", "sign",
    "split_part", "sqrt", "string_agg", "strpos", "substr", "sum", "to_char", "to_date", "to_number",
    "to_timestamp", "trunc", "unnest", "upper", "width_bucket",
)  # fmt: skip
OPERATORS = ("+", "-", "*", "/", "%", "||", "=", "<", "->>", "~", "&&", "@>")
_NONE, _SEVERAL = "42883", "42725"


@pytest.fixture(scope="module")
def connection(server: EmbeddedPostgres) -> Iterator[psycopg.Connection[Any]]:
    with server.connect() as connection:
        yield connection


def written(kind: str) -> str:
    return "'1'" if kind == UNKNOWN else f"NULL::{kind.removeprefix('_')}{'[]' if kind.startswith('_') else ''}"


def asked(connection: psycopg.Connection[Any], expression: str) -> tuple[str, str]:
    """`one` and the type of the result, `none` or `several`; nothing is run."""
    found = connection.pgconn.prepare(b"", f"SELECT {expression}".encode())
    if found.status == psycopg.pq.ExecStatus.FATAL_ERROR:
        state = (found.error_field(psycopg.pq.DiagnosticField.SQLSTATE) or b"").decode()
        # What a text in quotes cannot be is another mistake, of a call that is known.
        assume(state in (_NONE, _SEVERAL))
        return ("none" if state == _NONE else "several"), ""
    oid = connection.pgconn.describe_prepared(b"").ftype(0)
    (name,) = connection.execute("SELECT typname FROM pg_type WHERE oid = %s", [oid]).fetchall()[0]
    return "one", name


def compared(found: resolution.Resolved, server_says: tuple[str, str]) -> None:
    assert found.outcome == server_says[0]
    if found.taken and found.taken.gives not in POLYMORPHIC:
        assert found.taken.gives == server_says[1]


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(function=st.sampled_from(FUNCTIONS), given_types=st.lists(st.sampled_from(TYPES), max_size=3))
def test_function(connection: psycopg.Connection[Any], function: str, given_types: list[str]) -> None:
    # By its whole name EXTRACT is a call like others. What takes its types from each other is not worked out.
    name = f"pg_catalog.{function}"
    signatures = catalog.signatures(function)
    assume(not any(POLYMORPHIC.intersection(signature.takes) for signature in signatures))
    found = resolution.call(signatures, given_types)
    compared(found, asked(connection, f"{name}({', '.join(map(written, given_types))})"))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(OPERATORS), left=st.sampled_from(TYPES), right=st.sampled_from(TYPES))
def test_operator(connection: psycopg.Connection[Any], name: str, left: str, right: str) -> None:
    signatures = catalog.operators(name)
    assume(left != UNKNOWN or right != UNKNOWN)
    fits = [each for each in signatures if each.takes[0] in POLYMORPHIC or each.takes[1] in POLYMORPHIC]
    found = resolution.operator(signatures, [left, right])
    assume(not fits or (found.taken and not POLYMORPHIC.intersection(found.taken.takes)))
    compared(found, asked(connection, f"{written(left)} {name} {written(right)}"))
