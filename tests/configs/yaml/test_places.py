"""Every character of a text is found again in the file, however YAML spells it."""

import re
import string

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument

BREAKS = "\n\r\x85\u2028\u2029"
VISIBLE = string.ascii_letters + string.digits + string.punctuation + "한글é😀\U0001f468"
SPACED = VISIBLE + " \t\n"
TEXTS = st.text(alphabet=SPACED, max_size=60)
ENDS = st.sampled_from(["\n", "\r\n"])


def read(written: str) -> YamlDocument:
    found = yaml_document.parse(written.encode())
    assert isinstance(found, YamlDocument)
    return found


def character_at(written: str, place: tuple[int, int]) -> str:
    """The character at a line and column, both from 1; empty at the end of a line."""
    line, column = place
    return re.split(r"\r\n|[\n\r\x85\u2028\u2029]", written)[line - 1][column - 1 : column]


def assert_every_character_is_found(written: str) -> None:
    """Ends of lines are found at the end of a line; what is joined by `>` or by quotes is a blank there."""
    document = yaml_document.parse(written.encode())
    assume(isinstance(document, YamlDocument))
    assert isinstance(document, YamlDocument)
    assert isinstance(document.data, dict)
    text = document.data["a"]
    assume(isinstance(text, str))
    for offset, character in enumerate(text):
        found = character_at(written, document.place_in_text(("a",), offset))
        assert found == character or (not found and character in f" {BREAKS}"), (offset, character, found)


HEADERS = st.sampled_from(["|", "|-", "|+", "|2", "|2-", ">", ">-", ">+", ">2", "| # why", "|3", ">3-"])


@settings(max_examples=600, deadline=None)
@given(TEXTS, HEADERS, st.integers(1, 5), ENDS)
@example(" two\n\n  three\nfour\n", "|2", 2, "\n")
@example("a\n\n\nb\n c\n\nd\n", ">", 2, "\r\n")
@example("\n\n a\n\n", ">2-", 3, "\n")
@example("  \n   \n", "|2+", 4, "\n")
@example(" ", "|2", 2, "\n")
@example(" ", ">2-", 2, "\n")
def test_block_text(text: str, header: str, indent: int, end: str) -> None:
    lines = (f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))
    assert_every_character_is_found(end.join([f"a: {header}", *lines, "b: 1", ""]))


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet=SPACED.replace("'", "") + "'" * 3, max_size=60), ENDS)
@example("it's\n\n  two''\n lines", "\r\n")
def test_single_quotes(text: str, end: str) -> None:
    written = text.replace("'", "''").replace("\n", f"{end}  ")
    assert_every_character_is_found(f"a: '{written}'{end}b: 1{end}")


ESCAPES = st.sampled_from(
    ['\\"', "\\\\", "\\n", "\\t", "\\x41", "\\u00e9", "\\U0001F600", "\\/", "\\\n   ", "\\\n\n  ", "\\ "]
)


def without_escape(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


@settings(max_examples=600, deadline=None)
@given(st.lists(TEXTS.map(without_escape) | ESCAPES, max_size=12), ENDS)
@example(["one ", "\\\n   ", "two\n\n three", "\\u00e9", "x"], "\r\n")
def test_double_quotes(pieces: list[str], end: str) -> None:
    written = "".join(piece.replace("\n", f"{end}  ") for piece in pieces)
    document = read(f'a: "{written}"{end}b: 1{end}')
    assert isinstance(document.data, dict)
    text = document.data["a"]
    for offset, character in enumerate(text):
        found = character_at(document.text, document.place_in_text(("a",), offset))
        assert found in (character, "\\", "") or character in " \n", (offset, character, found)
        assert found or character in " \n"


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet=VISIBLE.replace("#", "").replace(":", "") + " \t\n", min_size=1, max_size=60), ENDS)
@example("two\n\n lines\tand\n more", "\r\n")
def test_plain_text(text: str, end: str) -> None:
    written = text.replace("\n", f"{end}  ")
    assert_every_character_is_found(f"a: x{written}{end}b: 1{end}")


@pytest.mark.parametrize(
    ("written", "offset", "place"),
    [
        ("a: |\n  one\n  two\n", 4, (3, 3)),
        ("a: |2\n    one\n", 2, (2, 5)),
        ("a: |-\n  one", 3, (2, 6)),
        ("a: |-\n  one", 99, (2, 6)),
        ("a: >\n  one\n  two\n", 3, (2, 6)),
        ("a: >\n  one\n\n  two\n", 3, (3, 1)),
        ("a: >\n  one\n\n  two\n", 4, (4, 3)),
        ("a: one\n  two\n", 4, (2, 3)),
        ("a: 'it''s'\n", 3, (1, 9)),
        ('a: "\\u00e9\\tb"\n', 2, (1, 13)),
        ('a: "one \\\n  two"\n', 4, (2, 3)),
        ("a: !!str one\n", 1, (1, 11)),
        ("a: &x |\n  one\n", 1, (2, 4)),
        ("a: |\r\n  😀b\r\n", 1, (2, 4)),
        ("a: ''\n", 0, (1, 5)),
        ("a: 12\n", 1, (1, 5)),
        ("a: 'x\u2028y'\n", 2, (2, 1)),
        ("a: 'x\u2028\ny'\n", 2, (2, 1)),
        ("a: 'x\n\n\ny'\n", 2, (3, 1)),
    ],
)
def test_places(written: str, offset: int, place: tuple[int, int]) -> None:
    assert read(written).place_in_text(("a",), offset) == place


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("a: |\r\n  one\r\n  two\r\n", "a: |\r\n  one\r\n  XX\r\n"),
        ("a: one two\n", "a: one XX\n"),
        ("a: 'one two'\n", "a: 'one XX'\n"),
        ('a: "one two"\n', 'a: "one XX"\n'),
        ("a: >\n  one\n  two\n", "a: >\n  one\n  XX\n"),
    ],
)
def test_edit_in_text(written: str, fixed: str) -> None:
    document = read(written)
    edit = document.edit_in_text(("a",), 4, 3, "XX")
    assert edit
    assert written[: edit.start] + edit.text + written[edit.end :] == fixed


def test_no_edit_where_a_character_is_spelt_by_several() -> None:
    assert read('a: "x\\u00e9y"\n').edit_in_text(("a",), 0, 3, "z") is None
    assert read("a: x\n").edit_in_text(("a",), 0, 2, "z") is None
