"""Keys that mean nothing beside what the rows come from."""

from pathlib import Path

from summary_tables.lint.rules import source_key
from tests.lint.rules.one_rule import config, said

CELLS = "table: {}\nschema: analytics\ncsv: {{file: seeds/a.csv}}\ncolumns: [{{name: a, type: text, header: A}}]\n"


def test_header_of_a_query(tmp_path: Path) -> None:
    text = config("SELECT 1 AS one", "columns: [{name: one, header: One}]\n")
    assert said(source_key.RULE, tmp_path, text) == [
        "5:23+6 error: `header` of the column `one` is for a CSV file or a sheet: here a query names it; fix: delete it"
    ]
    assert said(source_key.RULE, tmp_path, text.replace(", header: One", "")) == []


def test_keys_of_a_query_beside_cells(tmp_path: Path) -> None:
    text = CELLS.format("probe")
    assert said(source_key.RULE, tmp_path, text) == []
    assert said(source_key.RULE, tmp_path, text + "refresh: replace\n") == []
    more = "refresh: append\ntests: [{name: a, given: {}, expect: []}]\n"
    assert said(source_key.RULE, tmp_path, text + more) == [
        "5:1+7 error: each run reads all of `csv`, so `append` would add what is there; fix: delete `refresh`: the "
        "table is built anew each time",
        "6:1+5 error: `tests` try a query, and the rows of this table are those of `csv`; fix: delete it: `columns`, "
        "with their types and checks, say what must hold",
    ]
