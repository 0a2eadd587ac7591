"""Several things in one sentence."""

import pytest

from summary_tables.text.english import also_on_lines, any_of, counted, listed, plural, quoted


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_people_do(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


def test_words_of_a_file_stand_in_backticks() -> None:
    assert quoted(["date", "nps"]) == "`date` and `nps`"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([4], ""),
        ([4, 4], ""),
        ([4, 9], " (also on line 9)"),
        ([4, 9, 9, 12], " (also on lines 9 and 12)"),
    ],
)
def test_lines_behind_the_first_are_named_once(lines: list[int], words: str) -> None:
    assert also_on_lines(lines) == words


def test_choices() -> None:
    assert any_of(["a"]) == "a"
    assert any_of(["a", "b"]) == "a or b"
    assert any_of(word for word in ("a", "b", "c")) == "a, b or c"


def test_numbers_of_things() -> None:
    assert [counted(number, "row") for number in (0, 1, 2, 1234)] == ["0 rows", "1 row", "2 rows", "1,234 rows"]
    assert [plural(number, "is", "are") for number in (1, 2, 0.5)] == ["is", "are", "are"]
