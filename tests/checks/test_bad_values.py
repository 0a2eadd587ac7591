"""Wrong values that a message shows."""

from summary_tables.checks.bad_values import samples_words


def test_samples() -> None:
    assert samples_words([None] * 5, 0) == ""
    assert samples_words(["a", "b", None, None, None], 7) == " (a, b)"
    assert samples_words(list("abcde"), 5) == " (a, b, c, d, e)"
    assert samples_words(list("abcde"), 6) == " (a, b, c, d, e, ...)"
