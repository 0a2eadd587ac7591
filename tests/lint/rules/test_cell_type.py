"""Types of columns that are filled with cells."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import cell_type
from tests.lint.rules.one_rule import config, said

KNOWN = (
    "text, varchar(20), smallint, integer, bigint, numeric(12,2), real, double precision, boolean, date, timestamp, "
    "timestamptz, time, uuid, json or jsonb"
)
CELLS = "table: probe\nschema: analytics\ncsv: {{file: seeds/a.csv}}\ncolumns: [{{name: a{}}}]\n"


@pytest.mark.parametrize("written", [*KNOWN.replace(" or ", ", ").split(", "), "INT4", "float(24)", "timestamp(0)"])
def test_types_that_a_cell_becomes(written: str, tmp_path: Path) -> None:
    assert said(cell_type.RULE, tmp_path, CELLS.format(f', type: "{written}"')) == []


def test_others(tmp_path: Path) -> None:
    assert said(cell_type.RULE, tmp_path, CELLS.format("")) == [
        f"4:18+1 error: `type` is missing from the column `a`: it says what its cells must be; "
        f"fix: add `type:` with one of {KNOWN}"
    ]
    assert said(cell_type.RULE, tmp_path, CELLS.format(", type: interval")) == [
        f"4:27+8 error: the type is `interval`: no cell becomes a value of it; fix: write one of {KNOWN}"
    ]
    assert said(cell_type.RULE, tmp_path, CELLS.format(", type: bigin")) == [
        "4:27+5 error: the type is `bigin`: PostgreSQL has no such type; fix: write `type: bigint`"
    ]


def test_columns_of_a_query_may_leave_it_out(tmp_path: Path) -> None:
    assert said(cell_type.RULE, tmp_path, config("SELECT 1 AS one", "columns: [{name: one}]\n")) == []


def test_columns_that_are_headed_alike(tmp_path: Path) -> None:
    more = ", type: text, header: A}}, {{name: A, type: text}}, {{name: b, type: date, header: ' A '"
    assert said(cell_type.RULE, tmp_path, (CELLS.replace("{}", more)).format()) == [
        "4:52+1 error: the columns `a` and `A` are both headed `A`; fix: write at each the `header` that stands above "
        "its cells, or delete one of the two",
        "4:98+5 error: the columns `a` and `b` are both headed `A`; fix: write at each the `header` that stands above "
        "its cells, or delete one of the two",
    ]
    assert said(cell_type.RULE, tmp_path, CELLS.format(", type: text}, {name: a, type: text")) == []
