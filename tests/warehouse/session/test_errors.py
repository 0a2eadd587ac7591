"""Refusals that a test cannot bring about; those that it can are in `tests/warehouse/postgres/test_errors.py`."""

import psycopg
import pytest
from psycopg import errors

from summary_tables.warehouse.session.errors import Attempt, WarehouseError, translated

_LOST = "The connection to the warehouse was lost."
_NOBODY = Attempt()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.DiskFull("could not extend file"), "The warehouse's disk is full."),
        (errors.OutOfMemory("out of memory"), "The warehouse is out of memory."),
        (errors.CrashShutdown("x"), "The warehouse crashed and is starting again."),
        (errors.CannotConnectNow("x"), "The warehouse is starting or shutting down."),
        (errors.ConnectionFailure("host=db password=hunter2"), _LOST),
        (psycopg.OperationalError("server closed the connection; host=db password=hunter2"), _LOST),
        (errors.QueryCanceled("x"), "The query was cancelled in the warehouse."),
        (
            errors.ConfigurationLimitExceeded("x"),
            "The query needs more temporary space than the warehouse allows (temp_file_limit).",
        ),
        (errors.InsufficientPrivilege("nur für Admins"), "The role of the connection may not do this: nur für Admins."),
        (errors.UndefinedTable('Relation "x" existiert nicht'), 'The warehouse says: Relation "x" existiert nicht.'),
        (errors.SyntaxError("Syntaxfehler"), "The SQL cannot be read: Syntaxfehler."),
        (errors.DataError("two\n  lines;  password: x"), "The warehouse says: two lines; password: ..."),
    ],
)
def test_words(error: psycopg.Error, words: str) -> None:
    assert str(translated(error, _NOBODY)) == words


def test_the_code_is_kept() -> None:
    assert translated(errors.LockNotAvailable("x"), _NOBODY).sqlstate == "55P03"
    assert translated(psycopg.OperationalError("x"), _NOBODY).sqlstate == "08006"
    assert translated(psycopg.Error("x"), _NOBODY).sqlstate == ""


def test_only_what_may_pass_is_tried_again() -> None:
    passing = (errors.LockNotAvailable("x"), errors.DiskFull("x"), psycopg.OperationalError("x"))
    final = (errors.UndefinedColumn("x"), errors.InsufficientPrivilege("x"), errors.DivisionByZero("x"))
    assert [translated(error, _NOBODY).may_pass for error in passing] == [True] * 3
    assert [translated(error, _NOBODY).may_pass for error in final] == [False] * 3
    assert not WarehouseError("The query returns no columns.").may_pass
    assert WarehouseError("words").sqlstate == ""


@pytest.mark.parametrize(
    ("position", "where"),
    [
        ("1", ""),
        ("5", ", line 1 of the query"),
        ("9", ", line 1 of the query"),
        ("14", ", line 2 of the query"),
        (None, ""),
    ],
)
def test_positions_are_counted_in_the_query(position: str | None, where: str) -> None:
    assert Attempt(sql="AS\n\nSELECT 1\nFROM x\n", query="SELECT 1\nFROM x").line(position) == where


def test_positions_can_be_told_in_the_file() -> None:
    assert Attempt(sql="SELECT 1\nFROM x", query="SELECT 1\nFROM x", lines=(5, 6)).line("11") == ", line 6 of the file"


def test_our_own_statements_have_no_lines() -> None:
    assert Attempt(sql="SELECT x").line("8") == ""
