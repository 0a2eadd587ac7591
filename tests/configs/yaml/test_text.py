"""What is written as YAML reads back as what it was, whatever people wrote."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables.configs.yaml import document
from summary_tables.configs.yaml import text as yaml_text
from summary_tables.configs.yaml.document import YamlDocument

# What is left out is refused by whoever reads the file: control characters, and halves of characters.
TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_characters=[chr(code) for code in (*range(9), *range(11, 32), *range(127, 133), *range(134, 160))],
    )
)
SIGNS = st.text(alphabet=" \n\t-:?[]{}#&*!|>'\"%@`,a1\\~.=<\x85\u2028\ufeff한😀")
NUMBERS = st.one_of(st.integers(-(10**17), 10**17), st.booleans(), st.none())


def read(text: str) -> object:
    found = document.parse(text.encode())
    assert isinstance(found, YamlDocument), found
    return found.data


@settings(deadline=None)
@given(st.one_of(TEXT, SIGNS))
@example("no")
@example("\n")
@example("\n\n")
@example(" \n")
@example("a\n\n")
@example("  \na")
@example("\n a")
@example("\ta\nb")
@example("a:\tb")
@example("---")
@example("a\n---\nb\n...\n")
@example("a\u2028b\nc")
@example("=")
def test_any_text_reads_back(value: str) -> None:
    written = yaml_text.entry("description", value) + yaml_text.entry("owner", "data")
    assert read(written) == {"description": value, "owner": "data"}
    inner = "b:\n" + yaml_text.item(yaml_text.entry("name", value, 2) + yaml_text.entry("count", 1, 2))
    assert read(inner + "c: 1\n") == {"b": [{"name": value, "count": 1}], "c": 1}


@settings(deadline=None)
@given(st.one_of(TEXT, SIGNS))
def test_query_reads_back_with_one_line_break_at_its_end(sql: str) -> None:
    found = read(yaml_text.sql_block("main_sql", sql) + yaml_text.sql_entry("sql", sql))
    assert found == {"main_sql": sql.rstrip("\n") + "\n", "sql": found["sql"] if isinstance(found, dict) else None}
    assert isinstance(found, dict)
    assert found["sql"].rstrip("\n") == sql.rstrip("\n")


@settings(deadline=None)
@given(st.recursive(st.one_of(TEXT, SIGNS, NUMBERS), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_any_value_reads_back(value: object) -> None:
    assert read(yaml_text.entry("a", value)) == {"a": value}
    assert read(yaml_text.entry("a", {"b": value})) == {"a": {"b": value}}


@settings(deadline=None)
@given(st.one_of(st.text(st.characters(codec="utf-8")), SIGNS))
def test_any_comment_is_nothing_but_a_comment(words: str) -> None:
    assert read(yaml_text.comment([words], depth=1) + "a: 1\n") == {"a": 1}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Net Promoter Score per day.", "Net Promoter Score per day."),
        ("하루의 NPS 🙂", "하루의 NPS 🙂"),
        ("no", '"no"'),
        ("0 3 * * *", '"0 3 * * *"'),
        ("@daily", '"@daily"'),
        ("one: two", '"one: two"'),
        ("tag #1", '"tag #1"'),
        ('say "hi"', 'say "hi"'),
        ('"hi"', '"\\"hi\\""'),
        ("{table}", '"{table}"'),
        ("it's 100%", "it's 100%"),
        ("", '""'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(value: str, written: str) -> None:
    assert yaml_text.entry("a", value) == f"a: {written}\n"


def test_lists_and_mappings() -> None:
    value = {"sortkey": ["date", "a, b"], "distkey": "userid"}
    assert yaml_text.entry("attributes", value) == 'attributes:\n  sortkey: [date, "a, b"]\n  distkey: userid\n'


def test_query_with_a_sign_that_yaml_reads_stands_in_a_block() -> None:
    sql = "SELECT COUNT(1) FROM a WHERE tag = 'x #1'"
    assert yaml_text.sql_entry("sql", sql, 2) == f"    sql: |\n      {sql}\n"
    assert yaml_text.sql_entry("sql", "SELECT COUNT(1) FROM a") == "sql: SELECT COUNT(1) FROM a\n"
