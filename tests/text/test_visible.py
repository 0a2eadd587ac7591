"""Lines and JSON in which nothing steers a terminal; `test_terminal.py` has single lines."""

import json

from hypothesis import given

from summary_tables.text.visible import escaped, visible_lines
from tests.text.any_text import ANY_TEXT


def test_line_feeds_stay() -> None:
    assert visible_lines("a\tb\n\x1b[31m\r") == "a    b\n␛[31m␍"


@given(ANY_TEXT)
def test_json_keeps_its_value(text: str) -> None:
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
