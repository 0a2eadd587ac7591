"""Whatever people write stays text: read back by a Markdown parser."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summary_tables.text.markdown_text import code, fence, prose
from summary_tables.text.visible import visible

# fmt: off
MARKUP = (
    "`", "``", "```", "~~~", "|", "<b>", "</details>", "<!--", "-->", "@jin", "[a](b)", "![", "#1", "_", "*", "\\",
    "&amp;", "&#64;",
    "!7", "~label", "~\"a b\"", "%1.0", "&3", "^alert#1", "$5", ":tada:", "/close",
    "http://x.y", "www.x.y", "$x$", "가", "🙂", "a", "---", ">", " ", "\n", "\r", "* ", "\u202e",
)
# fmt: on
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(MARKUP), max_size=12).map("".join)
NOTHING = "\u200b"
PARSER = MarkdownIt("commonmark").enable("strikethrough").enable("table")


def inline(markdown: str) -> list[tuple[str, str]]:
    """Kind and content of what one line of a list holds."""
    tokens = PARSER.parse(f"- {markdown}")
    (found,) = [token for token in tokens if token.type == "inline"]
    assert [token.type for token in tokens][:3] == ["bullet_list_open", "list_item_open", "paragraph_open"]
    return [(token.type, token.content) for token in found.children or ()]


@given(TEXTS)
def test_code_is_one_piece_of_code(text: str) -> None:
    ((kind, content),) = inline(code(text))
    assert kind == "code_inline"
    assert content == (" ".join(visible(word) for word in text.split()) or '""')


@given(TEXTS)
def test_prose_has_no_markup_of_its_own(text: str) -> None:
    found = inline(f"x{prose(text)}")
    assert {kind for kind, _ in found} <= {"text", "code_inline", "text_special"}
    assert _letters("".join(content for _, content in found)) == "x" + _letters(visible(" ".join(text.split())))


def _letters(text: str) -> str:
    return "".join(text.replace("`", "").replace(NOTHING, "").split())


@given(TEXTS)
def test_prose_notifies_and_links_nobody(text: str) -> None:
    """Neither host makes anything of what comes out: both look at the text behind the entities."""
    words = "".join(content for kind, content in inline(f"x{prose(text)}") if kind != "code_inline")
    assert not re.search(r"[@#!$~%^&][\w\"']|www\.|://|:[\w+-]+:", words)


@given(TEXTS)
def test_fence_is_one_block(text: str) -> None:
    tokens = PARSER.parse(f"before\n\n{fence(text, 'sql')}\n\nafter")
    assert [token.type for token in tokens] == [
        "paragraph_open", "inline", "paragraph_close", "fence", "paragraph_open", "inline", "paragraph_close"
    ]  # fmt: skip
    assert [token.content for token in tokens if token.type == "inline"] == ["before", "after"]


@given(TEXTS)
def test_no_line_of_a_fence_is_a_command(text: str) -> None:
    """GitLab runs `/merge` on a line of its own, with the rights of whoever posts it."""
    assert not re.search(r"(?m)^/[A-Za-z]", fence(text, "sql"))


def test_as_it_looks() -> None:
    assert code("a`b") == "``a`b``"
    assert code("`a`\n| b") == "`` `a` | b ``"
    assert code("abcdef", longest=4) == "`abc…`"
    assert prose("`a|b` is <b> @jin #1") == "`a|b` is &#60;b&#62; @&#8203;jin #&#8203;1"
    assert fence("a\n```\nb\n", "sql") == "````sql\na\n```\nb\n````"
    assert fence("/* a */\n/merge", "sql") == "```sql\n/* a */\n /merge\n```"
