"""A comment that is too long: what matters most stays, and nothing in it is left open."""

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summary_tables.commands.diff.cut import MIN_LIMIT, Fold, Importance, Part, fitted
from summary_tables.commands.diff.host import GITHUB, GITLAB, HOSTS, Host
from summary_tables.text.markdown_text import code

ADVICE = "Look there."


def cut(*parts: Part) -> str:
    return fitted((Part(text="head"), *parts), GITHUB, MIN_LIMIT, ADVICE)


def fold(lines: int, line: str = "x" * 99) -> Fold:
    return Fold(summary="Query", text=f"{line}\n" * lines, language="sql")


def lines_of(text: str) -> list[int]:
    """How many lines each block of code has."""
    return [token.content.count("\n") for token in MarkdownIt("commonmark").parse(text) if token.type == "fence"]


def test_what_fits_stays_whole() -> None:
    assert cut(Part(text="a", items=("- b", "- c"), folds=(fold(1, "SELECT 1"),), name="`a`")) == (
        "head\n\na\n\n- b\n- c\n\n<details><summary>Query</summary>\n\n```sql\nSELECT 1\n```\n\n</details>\n"
    )


def test_long_folds_are_cut_to_the_same_length_and_short_ones_stay() -> None:
    text = cut(*(Part(text="a", folds=(fold(count),), name=f"`t{count}`") for count in (300, 3, 200)))
    assert lines_of(text) == [90, 3, 90]
    assert text.count("… and 211 more lines\n```\n\n</details>") == 1
    assert text.endswith(
        "**Cut to 20,000 characters.** Left out: the folded parts of 2 sections, or the ends of them. Look there.\n"
    )


def test_what_matters_least_goes_first_wherever_it_stands() -> None:
    parts = [
        Part(text=f"{word} {'x' * 4_500}", name=word, importance=importance)
        for word, importance in {
            "graph": Importance.LINEAGE,
            "first": Importance.WORDS,
            "rows": Importance.DATA,
            "second": Importance.WORDS,
            "lint": Importance.ERRORS,
        }.items()
    ]
    text = cut(*parts)
    assert re.findall(r"(?m)^\w+", text) == ["head", "first", "rows", "second", "lint"]
    assert "Left out: all of graph. Look there." in text
    assert re.findall(r"(?m)^\w+", cut(*parts, *(Part(text="y" * 5_000, name=f"more{n}") for n in range(9)))) == [
        *("head", "first", "rows", "second", "lint")
    ]


def test_list_is_cut_between_its_lines() -> None:
    text = cut(Part(text="### a", items=tuple(f"- {number} {'x' * 90}" for number in range(400)), name="`a`"))
    assert re.search(r"\n- 190 x+\n- and 209 more lines, for which there is no room\n\n\*\*Cut to", text)
    assert text.endswith("Left out: the ends of `a`. Look there.\n")


def test_many_are_counted() -> None:
    assert cut(*(Part(text="x" * 5_000, name=f"`t{n}`") for n in range(20))).endswith(
        "Left out: all of `t3`, `t4`, `t5`, `t6`, `t7` and 12 more. Look there.\n"
    )


def test_no_limit() -> None:
    assert fitted((Part(text="x" * 100_000),), GITHUB, 0, ADVICE) == "x" * 100_000 + "\n"


def test_texts_are_as_long_as_the_host_counts_them() -> None:
    assert [GITHUB.length(text) for text in ("a", "가", "🙂")] == [1, 1, 2]
    assert [GITLAB.length(text) for text in ("a", "가", "🙂")] == [1, 3, 4]


WRITTEN = st.sampled_from(
    [
        "SELECT 1",
        "```",
        "````",
        "~~~",
        "</details>",
        "가나다" * 20,
        "🙂" * 30,
        "/close",
        "| a |",
        "@team",
        "x" * 200,
        "",
    ]
)
TEXTS = st.builds(lambda texts, times: "\n".join(texts * times), st.lists(WRITTEN, min_size=1), st.integers(1, 60))
FOLDS = st.builds(lambda text: Fold(summary="Query", text=text, language="sql"), TEXTS)
PARTS = st.builds(
    lambda number, items, folds, importance: Part(
        text=f"### {code(f't{number}')}",
        items=tuple(f"- {code(item)}" for item in items),
        folds=tuple(folds),
        name=code(f"t{number}"),
        importance=importance,
    ),
    st.integers(0, 10**6),
    st.builds(lambda texts, times: texts * times, st.lists(WRITTEN), st.integers(1, 60)),
    st.lists(FOLDS, max_size=2),
    st.sampled_from(Importance),
)

MANY_PARTS = st.lists(PARTS, max_size=8, unique_by=lambda part: part.name)


@settings(deadline=None, max_examples=50)
@given(MANY_PARTS, st.sampled_from(list(HOSTS.values())))
def test_cut_text_keeps_within_the_limit_and_leaves_nothing_open(parts: list[Part], host: Host) -> None:
    whole = (Part(text="## head"), *parts)
    text = fitted(whole, host, MIN_LIMIT, ADVICE)
    assert host.length(text) <= MIN_LIMIT
    assert text.startswith("## head\n")
    tokens = MarkdownIt("commonmark").parse(text)
    titles = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    shown = [part for part in parts if part.text.removeprefix("### ") in titles]
    assert titles == ["head", *(part.text.removeprefix("### ") for part in shown)]
    opened = [token.content for token in tokens if token.type == "html_block"]
    assert opened == ["<details><summary>Query</summary>\n", "</details>\n"] * (len(opened) // 2)
    assert {token.info for token in tokens if token.type == "fence"} <= {"sql"}
    assert sum(token.type == "fence" for token in tokens) == len(opened) // 2
    paragraphs = [
        after.content for token, after in pairwise(tokens) if token.type == "paragraph_open" and not token.level
    ]
    assert [words for words in paragraphs if not words.startswith("**Cut to")] == []


@settings(deadline=None, max_examples=50)
@given(MANY_PARTS)
def test_what_is_left_out_matters_no_more_than_what_stays(parts: list[Part]) -> None:
    """Where a part is gone, all that matters more is there, whole or with its first lines."""
    text = fitted((Part(text="## head"), *parts), GITHUB, MIN_LIMIT, ADVICE)
    heads = {part.name: f"{part.text}\n" in text for part in parts}
    whole = {part.name: f"{replace(part, folds=())}\n" in text for part in parts}
    gone = [part.importance for part in parts if not heads[part.name]]
    shortened = [part.importance for part in parts if heads[part.name] and not whole[part.name]]
    assert all(importance >= min(shortened, default=Importance.ERRORS) for importance in gone)
    assert all(
        heads[part.name] for part in parts if part.importance < min([*gone, *shortened], default=Importance.DATA)
    )
