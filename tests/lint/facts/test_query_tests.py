"""Tests as their file holds them."""

from pathlib import Path

from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.query_tests import QueryTest, RowValues, query_tests
from summary_tables.text.written_number import as_written, fraction

_TEXT = """\
table: t
schema: analytics
main_sql: SELECT a FROM raw.t
"""
_TESTS = """\
tests:
  - name: 한국어 😀
    date: "2026-02-28"
    given:
      raw.t:
        - {a: 1, b: 0.100000000000000005551115123125, c: true, d: null, e: 2026-01-01, f: "it's $1 %s"}
        - a: -1.50
          b: 1e3
    types:
      raw.t: {a: numeric}
    expect: []
  - name: short
    expect: [{a: 0}]
"""


def test_values_keep_all_their_digits(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(_TEXT + _TESTS, "utf-8")
    [file] = read_folder(tmp_path).files
    rows: tuple[RowValues, ...] = (
        {
            "a": 1,
            "b": fraction("0.100000000000000005551115123125"),
            "c": True,
            "d": None,
            "e": "2026-01-01",
            "f": "it's $1 %s",
        },
        {"a": fraction("-1.50"), "b": fraction("1e3")},
    )
    assert [as_written(row["b"]) for row in query_tests(file)[0].given["raw.t"]] == [
        "0.100000000000000005551115123125",
        "1e3",
    ]
    assert query_tests(file) == (
        QueryTest(
            name="한국어 😀", expect=(), date="2026-02-28", given={"raw.t": rows}, types={"raw.t": {"a": "numeric"}}
        ),
        QueryTest(name="short", expect=({"a": 0},)),
    )


def test_a_run_is_the_same_with_and_without_tests(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(_TEXT, "utf-8")
    [before] = read_folder(tmp_path).files
    path.write_text(_TEXT + _TESTS, "utf-8")
    [after] = read_folder(tmp_path).files
    assert before.config == after.config
    assert query_tests(before) == ()
