"""The stand-in for what an editor does with a snippet does it as the protocol says."""

import pytest

from tests.editor.editor_text import Position, accepted, at_cursor, filled


@pytest.mark.parametrize(
    ("snippet", "text"),
    [
        ("retries: ${1:1}", "retries: 1"),
        ("- $1", "- "),
        ("- ${1}", "- "),
        ("${1|postgres,redshift|}", "postgres"),
        ("FROM {schema}.temp_{table}", "FROM {schema}.temp_{table}"),
        ("'{{ ds }}'", "'{{ ds }}'"),
        (r"\$schema=x \} \\", "$schema=x } \\"),
        ("table: ${1:$TM_FILENAME_BASE}", "table: orders"),
        ("table: ${1:${TM_FILENAME_BASE:x}}", "table: orders"),
        ("DATE_TRUNC('day', ${7:created_at}) AS ${8:a}", "DATE_TRUNC('day', created_at) AS a"),
    ],
)
def test_blanks_are_left_at_what_they_suggest(snippet: str, text: str) -> None:
    assert filled(snippet, {"TM_FILENAME_BASE": "orders"}) == text


def test_cursor_is_counted_in_utf_16_units() -> None:
    assert at_cursor("a: 1\nb🚀: ‸x\n") == ("a: 1\nb🚀: x\n", Position(1, 5))


def test_further_lines_are_indented_like_the_first() -> None:
    start, end = {"line": 1, "character": 4}, {"line": 1, "character": 6}
    item = {"textEdit": {"range": {"start": start, "end": end}, "newText": "sql: ${1:a}\n  count: 1"}}
    assert accepted("input_check:\n  - sq\nowner: jin", item, "x") == (
        "input_check:\n  - sql: a\n    count: 1\nowner: jin"
    )
