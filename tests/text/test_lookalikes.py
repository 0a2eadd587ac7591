"""Characters that nobody sees."""

import pytest

from summary_tables.text.lookalikes import INVISIBLE, described, without


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\u00a0b", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("a\u2028b", "a b"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("a\u200db", "ab"),
    ],
)
def test_without(text: str, cleaned: str) -> None:
    assert without(text) == cleaned
    assert (INVISIBLE.search(text) is None) == (text == cleaned)


def test_described() -> None:
    assert described("\u00a0") == "a no-break space (U+00A0)"
    assert described("\u2063") == "an invisible character (U+2063)"
