"""Mistakes that no case of the corpus makes, and guesses that would be wrong."""

import pytest

from summary_tables.configs.yaml import document
from summary_tables.configs.yaml.document import YamlDocument

START = "table: t\nschema: s\n"


def said(text: str) -> str:
    found = document.parse(text.encode())
    assert isinstance(found, tuple), found
    (problem,) = found
    return f"{problem.place.line}:{problem.place.column}+{problem.place.length} {problem.message}; fix: {problem.fix}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            START + "main_sql: |\n  SELECT 1\nowner jin\n",
            "5:1+9 `owner jin` has no colon after its key; fix: write `owner: jin`",
        ),
        (
            START + "main_sql: |\n  SELECT a,\ncount(*) AS n\nFROM b\n",
            "5:1+13 this line of SQL is outside `main_sql`: it begins too far left; "
            "fix: indent it by 2 spaces, like line 4, and the lines of SQL below it",
        ),
        (
            START + "table_name jin\n: x\n",
            "3:1+14 this line belongs to nothing: it is no `key: value`, and it is not "
            "indented under the key above it; fix: write `key: value`, or indent the line under "
            "the key to which it belongs",
        ),
        (START + "owner: [a, b\nmain_sql: x\n", "3:8+5 the [ opened here is never closed; fix: write `[a, b]`"),
        (START + "tags: {a, b\nmain_sql: x\n", "3:7+5 the { opened here is never closed; fix: write `{a, b}`"),
        (START + "description: ? why\n", '3:14+5 a value that begins with ? must be in quotes; fix: write "? why"'),
        (START + 'description: @"jin"\n', "3:14+6 a value that begins with @ must be in quotes; fix: write '@\"jin\"'"),
        (
            START + 'description: it\'s: "x"\n',
            "3:18+1 `: ` inside a text without quotes ends the value here; fix: write 'it''s: \"x\"'",
        ),
        (START + "tags:\n  - @growth\n", '4:5+7 a value that begins with @ must be in quotes; fix: write "@growth"'),
        (
            START + "tags:\n  - a: b: c\n",
            '4:9+1 `: ` inside a text without quotes ends the value here; fix: write "b: c"',
        ),
        (
            START + "owner:\u00a0jin\nmain_sql: x\n",
            "3:7+1 a no-break space (U+00A0) stands here; YAML takes it for a letter; "
            "fix: write an ordinary space, or none",
        ),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_windows_lines_have_the_same_places(end: str) -> None:
    text = START + "input_check:\n  - sql: x\n   count: 1\n"
    assert said(text.replace("\n", end)) == (
        "5:4+5 `count` is not lined up with `sql` above; fix: move it to column 5, 1 space to the right"
    )


@pytest.mark.parametrize(
    "text",
    [
        "main_sql: >-\n  SELECT 1\n\n  AS one\n", "? main_sql\n: x\n", "main_sql: |2\n    SELECT 1\n",
        "input_check:\n- sql: x\n  count: 1\n", "description: a - b [c] {d} 'e' \"f\" g#h i:j\n", "tags: [a,\n  b]\n",
    ],
)  # fmt: skip
def test_what_is_right_is_not_refused(text: str) -> None:
    assert isinstance(document.parse((START + text).encode()), YamlDocument)
