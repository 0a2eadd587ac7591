"""What reaches a terminal: nothing that steers it, in lines and in JSON."""

import json
import unicodedata

import pytest
from hypothesis import given

from summary_tables.text.visible import escaped, visible, visible_lines
from tests.text.any_text import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("순이익 💰 (₩) — café", "순이익 💰 (₩) — café"),
        ("👩‍💻 ❤️ 👍🏽 🇰🇷", "👩‍💻 ❤️ 👍🏽 🇰🇷"),
        ("a\tb", "a    b"),
        ("\x1b[31mred\x07\x00\x7f", "␛[31mred␇␀␡"),
        ("a\nb\r", "a␊b␍"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u200bb\ufeff", "a<U+200B>b<U+FEFF>"),
        ("\u202eevil\u2066\u2028", "<U+202E>evil<U+2066><U+2028>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_only_what_cannot_be_seen_is_replaced(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert visible(shown) == shown
    shown.encode()


def test_line_feeds_stay() -> None:
    assert visible_lines("a\tb\n\x1b[31m\r") == "a    b\n␛[31m␍"


@given(ANY_TEXT)
def test_json_keeps_its_value(text: str) -> None:
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
