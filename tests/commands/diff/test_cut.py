"""A comment that is too long: the longest details go first, then whole parts, and all that is said."""

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.commands.diff.cut import MIN_LIMIT, Part, fitted, length

ADVICE = "Look there."


def test_what_fits_stays_whole() -> None:
    parts = (Part(text="head"), Part(text="a", details="b", name="`a`"))
    assert fitted(parts, MIN_LIMIT, ADVICE) == "head\n\na\n\nb\n"


def test_longest_details_go_first() -> None:
    parts = (
        Part(text="head"),
        Part(text="a", details="x" * 30_000, name="`a`"),
        Part(text="b", details="y" * 100, name="`b`"),
    )
    assert fitted(parts, MIN_LIMIT, ADVICE) == (
        f"head\n\na\n\nb\n\n{'y' * 100}\n\n"
        "**Cut to 20,000 characters.** Left out: the folded parts of 1 section. Look there.\n"
    )


def test_then_the_last_parts() -> None:
    parts = (Part(text="head"), *(Part(text=str(n) * 3_000, details="z", name=f"`t{n}`") for n in range(8)))
    text = fitted(parts, MIN_LIMIT, ADVICE)
    assert text.endswith(
        "**Cut to 20,000 characters.** Left out: the folded parts of 8 sections; all of `t6` and `t7`. Look there.\n"
    )
    assert "5" * 3_000 in text
    assert "6666" not in text


def test_many_are_counted() -> None:
    parts = (Part(text="head"), *(Part(text="x" * 5_000, name=f"`t{n}`") for n in range(20)))
    assert fitted(parts, MIN_LIMIT, ADVICE).endswith(
        "Left out: all of `t3`, `t4`, `t5`, `t6`, `t7` and 12 more. Look there.\n"
    )


def test_no_limit() -> None:
    assert length(fitted((Part(text="x" * 100_000),), 0, ADVICE)) == 100_001


def test_emoji_count_as_github_counts_them() -> None:
    assert (length("가"), length("🙂"), length("a")) == (1, 2, 1)


PARTS = st.lists(
    st.builds(
        lambda text, details, name: Part(text="가" * text, details="🙂" * details, name=f"`{name}`"),
        st.integers(1, 9_000),
        st.integers(0, 9_000),
        st.integers(0, 10**6),
    ),
    max_size=12,
)


@given(PARTS)
def test_result_is_never_longer_than_the_limit_and_whole_parts_only(parts: list[Part]) -> None:
    text = fitted((Part(text="head"), *parts), MIN_LIMIT, ADVICE)
    assert length(text) <= MIN_LIMIT
    pieces = text.rstrip("\n").split("\n\n")
    assert pieces[0] == "head"
    known = {piece for part in parts for piece in (part.text, part.details)}
    assert all(piece in known or piece.startswith("**Cut to") for piece in pieces[1:])
