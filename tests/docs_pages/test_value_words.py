from typing import Any

import pytest

from docs_pages.format_page import key_line
from docs_pages.value_words import value_words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "maxLength": 63}, "text of at most 63 characters"),
        ({"type": "integer", "minimum": 0, "maximum": 20}, "whole number from 0 to 20"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 10}, "number above 0 and up to 10"),
        ({"type": "number"}, "number"),
        ({"type": "boolean"}, "`true` or `false`"),
        ({"type": "array", "items": {"type": "string"}}, "list of texts"),
        ({"type": "array", "items": {"type": "object"}}, "list of `key: value` blocks"),
        ({"type": ["string", "object"]}, "text, or `key: value` lines"),
        ({"enum": ["a", "b"]}, "one of `a`, `b`"),
    ],
)
def test_value_words(schema: dict[str, Any], words: str) -> None:
    assert value_words(schema) == words


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("growth", "key: growth"),
        ("SELECT COUNT(1) FROM raw_data.nps", "key: SELECT COUNT(1) FROM raw_data.nps"),
        ("<!here>", 'key: "<!here>"'),
        ("https://a.b/c", 'key: "https://a.b/c"'),
        (["growth", "weekly review"], "key: [growth, weekly review]"),
        (True, "key: true"),
        (1.5, "key: 1.5"),
    ],
)
def test_key_line_is_what_a_person_would_write(value: object, line: str) -> None:
    assert key_line("key", value) == line
