"""Widths as terminals draw them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.text.width import cell_widths, cells

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
"""Lone surrogates included: a file can spell them as escapes."""


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("순이익", 6),
        (unicodedata.normalize("NFD", "순이익"), 6),
        ("\uff46\uff55\uff4c\uff4c", 8),
        ("ﾊﾝｶｸ", 4),
        ("e\u0301", 1),
        ("💰", 2),
        ("👩‍💻", 2),
        ("👍🏽", 2),
        ("❤", 1),
        ("❤️", 2),
        ("🇰🇷", 2),
        ("\u0301", 0),
        ("", 0),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(ANY_TEXT)
def test_every_character_has_its_width(text: str) -> None:
    widths = cell_widths(text)
    assert len(widths) == len(text)
    assert set(widths) <= {0, 1, 2}
