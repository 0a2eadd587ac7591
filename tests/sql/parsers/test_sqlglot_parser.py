"""What sqlglot does beside reading."""

import logging
from typing import Any

import pytest

from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.parsers import sqlglot_parser


def test_sqlglot_says_nothing_on_standard_error(capsys: pytest.CaptureFixture[str], caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        assert sqlglot_parser.read("SHOW ALL something odd", REDSHIFT) is None
    assert (caplog.text, capsys.readouterr().err) == ("", "")
