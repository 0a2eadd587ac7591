"""One change of a file, and all else of it as it was. `tests/commands/sources/test_update.py` draws whole files."""

import pytest

from summary_tables.configs.yaml import document, edits
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.lint.fixed_file import with_edits

BLOCK = """\
name: a   # first
columns:  # all
  # the key
  - name: id   # kept
    type: int

  # below
  - {name: at, type: date}
# end
"""


def parsed(text: str) -> YamlDocument:
    found = document.parse(text.encode())
    assert isinstance(found, YamlDocument)
    return found


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, BLOCK.replace("  - name: id", "  - name: x\n    type: z\n  - name: id")),
        (1, BLOCK.replace("    type: int\n", "    type: int\n  - name: x\n    type: z\n")),
        (2, BLOCK.replace("# end", "  - name: x\n    type: z\n# end")),
    ],
)
def test_an_item_comes_between_the_others(index: int, expected: str) -> None:
    item = {"name": "x", "type": "z"}
    assert with_edits(BLOCK.encode(), edits.insert_item(parsed(BLOCK), ("columns",), index, item)).decode() == expected


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, BLOCK.replace("  - name: id   # kept\n    type: int\n", "")),
        (1, BLOCK.replace("  - {name: at, type: date}\n", "")),
    ],
)
def test_an_item_goes_and_comments_around_it_stay(index: int, expected: str) -> None:
    assert with_edits(BLOCK.encode(), edits.delete_item(parsed(BLOCK), ("columns",), index)).decode() == expected


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("a: [b, c, d]\n", 0, "a: [c, d]\n"),
        ("a: [b, c, d]\n", 2, "a: [b, c]\n"),
        ("a: [b, c,]\n", 1, "a: [b, ]\n"),
        ("a: [\n  b,\n  c, # x\n  d\n]\n", 0, "a: [\n  c, # x\n  d\n]\n"),
        ("a: [\n  b,\n  c, # x\n  d\n]\n", 2, "a: [\n  b,\n  c # x\n  \n]\n"),
        ("a: ['#, x', c] # y\n", 1, "a: ['#, x'] # y\n"),
    ],
)
def test_an_item_goes_with_one_comma(text: str, index: int, expected: str) -> None:
    assert with_edits(text.encode(), edits.delete_item(parsed(text), ("a",), index)).decode() == expected


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("a: b # c\n", ("a",), "x: y", 'a: "x: y" # c\n'),
        ("a: {b: c}\n", ("a", "b"), "numeric(1,2)", 'a: {b: "numeric(1,2)"}\n'),
        ("a: |\n  b\nc: d\n", ("c",), "no", 'a: |\n  b\nc: "no"\n'),
    ],
)
def test_a_value_becomes_another(text: str, path: tuple[str, ...], value: str, expected: str) -> None:
    assert with_edits(text.encode(), edits.set_value(parsed(text), path, value)).decode() == expected


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("a: b", (), ["c"], "a: b\nnew: [c]"),
        ("a: b\n\n# end\n", (), "c", "a: b\nnew: c\n\n# end\n"),
        ("a: {b: c} # d\n", ("a",), "x, y", 'a: {b: c, new: "x, y"} # d\n'),
        ("a:\n- b: |\n    c\n\n# d\n", ("a", 0), [{"e": "f"}], "a:\n- b: |\n    c\n  new:\n    - e: f\n\n# d\n"),
    ],
)
def test_a_key_comes_last(text: str, path: tuple[str | int, ...], value: object, expected: str) -> None:
    assert with_edits(text.encode(), edits.add_key(parsed(text), path, "new", value)).decode() == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: b\nc: d # e\n# f\ng: h\n", ("c",), "a: b\n# f\ng: h\n"),
        ("- a: b\n  c: d\n", (0, "a"), "- c: d\n"),
        ("- a: b # x\n  c: d\n", (0, "a"), "-  # x\n  c: d\n"),
        ("a: {b: c, d: e}\n", ("a", "b"), "a: {d: e}\n"),
        ("a: {b: c, d: e}\n", ("a", "d"), "a: {b: c}\n"),
    ],
)
def test_a_key_goes(text: str, path: tuple[str | int, ...], expected: str) -> None:
    assert with_edits(text.encode(), edits.delete_key(parsed(text), path)).decode() == expected


def test_a_key_takes_the_place_of_another() -> None:
    source = "a:\n  - b: c # d\n  - b:\n      - c\n\n  # e\n"
    first = with_edits(source.encode(), edits.replace_key(parsed(source), ("a", 0, "b"), "x", ["y, z"]))
    assert first.decode() == source.replace("b: c #", 'x: ["y, z"] #')
    second = with_edits(source.encode(), edits.replace_key(parsed(source), ("a", 1, "b"), "x", "no"))
    assert second.decode() == source.replace("b:\n      - c\n", 'x: "no"\n')
