"""Tables of a test that the query does not read."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import unknown_test_source
from tests.lint.rules.one_rule import config, said

_TESTS = """\
tests:
  - name: x
    given:
      raw_data.npss: []
      raw_data.nps: []
    types: {RAW_DATA.NPS: {score: integer}, other: {a: text}}
    expect: []
"""


def test_the_nearest_name_or_all(tmp_path: Path) -> None:
    main_sql = "SELECT 1 AS a FROM RAW_DATA.nps JOIN raw_data.users USING (id), pg_class"
    assert said(unknown_test_source.RULE, tmp_path, config(main_sql, _TESTS)) == [
        "8:7+13 error: `main_sql` reads no table that it calls `raw_data.npss`; fix: write `raw_data.nps`",
        "10:13+12 error: `main_sql` reads no table that it calls `RAW_DATA.NPS`; fix: write `raw_data.nps`",
        "10:45+5 error: `main_sql` reads no table that it calls `other`; fix: it reads raw_data.nps and raw_data.users",
    ]


def test_a_query_without_tables(tmp_path: Path) -> None:
    more = "tests: [{name: x, given: {a.b: []}, expect: []}]\n"
    assert said(unknown_test_source.RULE, tmp_path, config("SELECT 1 AS a", more)) == [
        "5:27+3 error: `main_sql` reads no table that it calls `a.b`; fix: delete it: the query reads no table"
    ]


@pytest.mark.parametrize("main_sql", ["SELECT a FROM raw_data.events_{{ ds_nodash }}", "SELECT FROM FROM"])
def test_names_that_are_known_only_in_a_run(tmp_path: Path, main_sql: str) -> None:
    assert said(unknown_test_source.RULE, tmp_path, config(main_sql, _TESTS)) == []
