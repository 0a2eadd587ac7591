"""Several things in one sentence."""

import pytest

from summary_tables.text.english import also_on_lines, any_of, counted, listed, plural, quoted


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_people_do(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


@pytest.mark.parametrize(
    ("most", "sentence"), [(1, "a and 2 more"), (2, "a, b and 1 more"), (3, "a, b and c"), (4, "a, b and c")]
)
def test_of_many_words_the_first_are_named(most: int, sentence: str) -> None:
    assert listed(["a", "b", "c"], most) == sentence
    assert listed([str(number) for number in range(2_000)], 2) == "0, 1 and 1,998 more"


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
