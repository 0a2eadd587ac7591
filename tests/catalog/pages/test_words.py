"""Short words of a page."""

from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.catalog.entry import STATES
from summary_tables.catalog.pages.filters import by_code
from summary_tables.catalog.pages.words import STATE_WORDS, ago, first_words, moment_near

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 27, 3, tzinfo=UTC), "today 03:00"),
        (datetime(2026, 11, 26, 23, 59, tzinfo=UTC), "yesterday 23:59"),
        (datetime(2026, 11, 28, 3, tzinfo=UTC), "tomorrow 03:00"),
        (datetime(2026, 11, 21, 3, tzinfo=UTC), "Sat 21 Nov 03:00"),
        (datetime(2026, 12, 3, 3, tzinfo=UTC), "Thu 3 Dec 03:00"),
        (datetime(2026, 11, 1, 3, tzinfo=UTC), "1 Nov 03:00"),
        (datetime(2025, 11, 27, 3, tzinfo=UTC), "27 Nov 2025"),
    ],
)
def test_moment(moment: datetime, words: str) -> None:
    assert moment_near(moment, NOW) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=-3), "in 3 h"),
        (timedelta(days=2, hours=1), "2 days ago"),
    ],
)
def test_ago(passed: timedelta, words: str) -> None:
    assert ago(NOW - passed, NOW) == words


def test_first_words() -> None:
    assert first_words("one two\n three", 20) == "one two three"
    assert first_words("one, two three", 8) == "one …"
    assert first_words("x" * 1_000_000, 5) == "xxxxx …"


def test_every_state_has_a_word_and_a_shape_of_its_own() -> None:
    assert STATE_WORDS.keys() == set(STATES)
    assert len({words.word for words in STATE_WORDS.values()}) == len(STATES)
    assert len({words.shape for words in STATE_WORDS.values()}) == len(STATES)


def test_code_in_a_sentence() -> None:
    assert by_code("`a` is no key") == ["", "a", " is no key"]
    assert by_code("one ` alone") == ["one ` alone"]
