"""Values of rows that older logs may hold."""

from dataclasses import replace

import pytest

from summary_tables.catalog.shown_values import why_no_rows, without_values
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn
from tests.catalog.made_entries import declaration
from tests.catalog.made_histories import failed, history

_PII = declaration("analytics.nps", columns=(DeclaredColumn(name="email", pii=True),))
_HIDDEN = "something else, which is not shown: it may hold values of the table"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("7", "7"),
        ("1,234.5", "1,234.5"),
        ("7 rows", "7 rows"),
        ("no value (NULL)", "no value (NULL)"),
        ("none", "none"),
        ("", ""),
        ("90 rows, 10% fewer than the 100 that readers see now", "90 rows"),
        ('2 rows with another value ("C:\\dir", 100%)', "2 rows with another value"),
        ("2 rows with another value (jin)", "2 rows with another value"),
        ("3 rows: (1, jin), (2, ana)", "3 rows"),
        ("more than 5 rows, such as (1, jin)", _HIDDEN),
        ("2026-11-20 03:00:00, which is 30 hours before the end of the run's interval", _HIDDEN),
        ('"jin", which is not a number', _HIDDEN),
        ("jin", _HIDDEN),
    ],
)
def test_only_the_number_is_left(found: str, shown: str) -> None:
    kept = without_values(history(None, failed(actual=found)), _PII)
    assert kept.failing[0].check.actual == shown


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("The query ran longer than the warehouse allows.", "The query ran longer than the warehouse allows."),
        ('invalid input syntax for type integer: "jin"', ""),
        ("Key (email)=(jin) already exists.", ""),
    ],
)
def test_an_error_that_may_quote_a_value_is_left_out(error: str, shown: str) -> None:
    kept = without_values(history(None, failed(error=error)), _PII)
    assert kept.failing[0].check.error == shown


def test_no_row_where_nobody_knows_what_is_personal() -> None:
    known = declaration("analytics.nps")
    assert known.config is not None
    words = "Without a file that can be used, nobody knows which columns hold personal data. So no row is shown."
    assert why_no_rows(None) == words
    assert why_no_rows(replace(known, config=None)) == words
    assert why_no_rows(replace(known, is_stopped=True)) == words
    silent = replace(known, config=replace(known.config, settings=Settings(samples=False)))
    assert why_no_rows(silent) == "This deployment shows no values of tables: `defaults.yaml` says `samples: false`."
    assert why_no_rows(known) == why_no_rows(_PII) == ""
