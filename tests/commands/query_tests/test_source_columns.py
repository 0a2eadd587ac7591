"""What decides about the type of a column."""

from summary_tables.commands.query_tests.source_columns import types_of_source
from summary_tables.lint.facts.query_tests import QueryTest

GIVES = QueryTest(name="a", expect=(), given={"raw.t": ({"n": 1}, {"n": None, "d": "2026-01-01"})})
SAYS = QueryTest(name="b", expect=(), types={"raw.t": {"n": "bigint", "x": "text"}})
SAYS_OTHERWISE = QueryTest(name="c", expect=(), types={"raw.t": {"n": "smallint"}})
TESTS = (GIVES, SAYS, SAYS_OTHERWISE)
KNOWN = {"raw.t": {"n": "numeric(10,2)", "note": "character varying(5)"}}


def test_values_of_all_tests_of_the_file() -> None:
    for test in TESTS[:1]:
        assert types_of_source("raw.t", test, (GIVES,), {}) == {"n": "integer", "d": "date"}
    empty = QueryTest(name="d", expect=())
    assert types_of_source("raw.t", empty, (GIVES, empty), {}) == {"n": "integer", "d": "date"}


def test_what_a_table_is_known_to_have_comes_before_the_values() -> None:
    assert types_of_source("raw.t", GIVES, (GIVES,), KNOWN) == KNOWN["raw.t"]


def test_what_a_test_says_comes_first_then_what_the_first_other_one_says() -> None:
    assert types_of_source("raw.t", GIVES, TESTS, {}) == {"n": "bigint", "d": "date", "x": "text"}
    assert types_of_source("raw.t", SAYS_OTHERWISE, TESTS, {}) == {"n": "smallint", "d": "date", "x": "text"}
    assert types_of_source("raw.t", GIVES, TESTS, KNOWN) == {
        "n": "bigint",
        "note": "character varying(5)",
        "x": "text",
    }


def test_a_known_column_without_type_has_that_of_its_values() -> None:
    known = {"raw.t": {"n": "", "note": "", "d": "timestamp"}}
    assert types_of_source("raw.t", GIVES, (GIVES,), known) == {"n": "integer", "note": "text", "d": "timestamp"}


def test_nothing_is_known() -> None:
    assert types_of_source("raw.other", GIVES, TESTS, KNOWN) == {}
