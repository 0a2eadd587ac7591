"""Bytes from a pull request: refused in plain words or read, never an exception, never a different value."""

import string
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import MAX_BYTES, MAX_DEPTH, YamlDocument
from summary_tables.model.problem import Edit, Problem


def read(text: str) -> YamlDocument:
    found = yaml_document.parse(text.encode())
    assert isinstance(found, YamlDocument), found
    return found


PATH = Path("x.yaml")


def refused(raw: bytes) -> list[str]:
    found = yaml_document.parse(raw)
    assert isinstance(found, tuple)
    return [str(Problem.of(finding, PATH, file="x.yaml")) for finding in found]


YAML_SIGNS = " \t\n-:?[]{}#&*!|>'\"%@`,a1\\"


@settings(deadline=None)
@given(st.one_of(st.binary(), st.text().map(str.encode), st.text(alphabet=YAML_SIGNS).map(str.encode)))
@example(b"a: " + b"[" * 300_000)
@example(b"- " * 300_000)
@example(b"? " * 5_000)
@example(b'"\\ud800": 1')
@example(b"a: " + b"9" * 10_000)
@example(b"a: &a\n  b: *a\n")
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    found = yaml_document.parse(raw)
    assert isinstance(found, YamlDocument) or found


LETTERS = string.digits + string.ascii_letters + string.punctuation + " \t\n\r한글😀"
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.text(alphabet=LETTERS))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(DATA)
def test_what_yaml_writes_is_read_back(data: object) -> None:
    written = yaml.safe_dump({"key": data}, allow_unicode=True, default_flow_style=False)
    assert read(written).data == {"key": data}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", True), ("012", 12), ("1:30", "1:30"), ("0x1f", "0x1f"),
        ("2019-01-01", "2019-01-01"), ("1_000", "1_000"), ("1.5", 1.5), ("1e3", 1000.0), ("-3", -3), ("~", None),
        ("9" * 30, float("9" * 30)), ("9" * 31, "9" * 31), (".", "."), ("=", "="), ("<<", "<<"),
    ],
)  # fmt: skip
def test_scalars_mean_what_editors_show(written: str, value: object) -> None:
    found = read(f"a: {written}").data
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert isinstance(found["a"], type(value))
    assert isinstance(found["a"], bool) is isinstance(value, bool)


def test_limit_of_keys_and_values() -> None:
    few = "a:\n" + "- b: 1\n" * 16_665
    assert isinstance(yaml_document.parse(few.encode()), YamlDocument)
    many = "a:\n" + "- b: 1\n" * 17_000
    assert refused(many.encode()) == [
        "x.yaml: error[file] the file has more than 50,000 keys and values, the most that a config may have; "
        "fix: keep the query and the settings here, and data in the warehouse"
    ]


def test_size_limit() -> None:
    padding = b"a: 1\n#" + b"x" * MAX_BYTES
    assert refused(padding) == [
        "x.yaml: error[file] the file is larger than 1 MB, the most that a config may have; "
        "fix: keep the query and the settings here, and data in the warehouse"
    ]


def test_depth_limit_is_exact() -> None:
    deepest = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert isinstance(yaml_document.parse(deepest.encode()), YamlDocument)
    too_deep = b"a: " + b"[" * 4 * MAX_DEPTH + b"[]," * 5 + b"]" * 4 * MAX_DEPTH
    assert refused(too_deep)[0].startswith("x.yaml:1:43: error[yaml] lists and mappings are nested more than 40 deep")


DOCUMENT = """\
a: 1
b:
    - c: |
          SELECT 한글,
            two
    - {c: "quoted", d: plain}
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ((), (1, 1), (1, 1)),
        (("a",), (1, 1), (1, 4)),
        (("b", 0, "c"), (3, 7), (3, 10)),
        (("b", 1, "d"), (6, 21), (6, 24)),
        (("b", 7), (2, 1), (3, 5)),
    ],
)
def test_places(path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]) -> None:
    document = read(DOCUMENT)
    assert (document.place_of_key(path), document.place_of_value(path)) == (key, value)


@pytest.mark.parametrize(
    ("path", "offset", "place"),
    [
        (("b", 0, "c"), 7, (4, 18)),
        (("b", 0, "c"), 13, (5, 13)),
        (("b", 1, "d"), 2, (6, 26)),
        (("b", 1, "c"), 3, (6, 15)),
    ],
)
def test_places_inside_texts(path: tuple[str | int, ...], offset: int, place: tuple[int, int]) -> None:
    assert read(DOCUMENT).place_in_text(path, offset) == place


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "circle.yaml").symlink_to(tmp_path / "circle.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing.yaml")
    found = [(path, yaml_document.read(path)) for path in sorted(tmp_path.iterdir())]
    assert [
        str(Problem.of(finding, path, file=path.name))
        for path, findings in found
        if isinstance(findings, tuple)
        for finding in findings
    ] == [
        "circle.yaml: error[file] the file cannot be opened: it is a link that leads in a circle; "
        "fix: put the file itself here",
        "folder.yaml: error[file] the file cannot be opened: it is a folder; "
        "fix: give it a name that does not end in .yaml, or delete it",
        "gone.yaml: error[file] the file cannot be opened: it is a link to a file that does not exist; "
        "fix: put the file itself here",
    ]


ASCII = "table: a\nschema: analytics\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(encoding: str) -> None:
    (said,) = refused(ASCII.encode(encoding))
    name = encoding[:6].upper()
    assert said == (
        f"x.yaml: error[file] the file is {name}; configs are UTF-8; fix: save the file as UTF-8 in your editor"
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "a: 월간\n".encode("cp949"),
            "x.yaml:1:4: error[file] the file is not UTF-8 (byte 0xBF): "
            "it looks like EUC-KR (cp949), in which the line reads `a: 월간`",
        ),
        (
            b"\xef\xbb\xbfa: b\nb: \xed\x95\x9c caf\xe9\n",
            "x.yaml:2:9: error[file] the file is not UTF-8 (byte 0xE9): "
            "it looks like Windows-1252 (latin-1), in which the line reads `b: í•œ café`",
        ),
        (
            "a: §§\n".encode("cp1252"),
            "x.yaml:1:4: error[file] the file is not UTF-8 (byte 0xA7): "
            "it looks like Windows-1252 (latin-1), in which the line reads `a: §§`",
        ),
        (b"\xef\xbb\xbfa: \x81\xff\n", "x.yaml:1:4: error[file] the file is not UTF-8 (byte 0x81)"),
    ],
    ids=["Korean", "Western", "Western that Korean could be", "neither"],
)
def test_other_encodings_have_a_place_and_a_guess(raw: bytes, expected: str) -> None:
    assert refused(raw) == [f"{expected}; fix: save the file as UTF-8 in your editor"]


def test_byte_order_mark_is_no_part_of_the_text() -> None:
    document = yaml_document.parse(b"\xef\xbb\xbfa: 1\n")
    assert isinstance(document, YamlDocument)
    assert (document.text, document.data) == ("a: 1\n", {"a": 1})


@pytest.mark.parametrize(
    ("text", "length"),
    [("a: 'it''s'", 7), ("a: |\n  one\n", 1), ("a: {b: 1}", 6), ("a: one\n  two", 3), ("a:", 1), ("a: [1,\n  2]", 3)],
)
def test_spans_end_with_the_value_or_its_line(text: str, length: int) -> None:
    assert read(text).span_of_value(("a",)) == (1, 3 if text == "a:" else 4, length)


def test_edits_of_keys_and_values() -> None:
    text = "a: 1\nb:\n  - c\n  - d\ne: 2\n"
    document = read(text)

    def edited(edit: Edit) -> str:
        return text[: edit.start] + edit.text + text[edit.end :]

    assert edited(document.edit_of_value(("a",), "3")) == text.replace("1", "3")
    assert edited(document.edit_of_key(("b",), "x")) == text.replace("b", "x")
    assert edited(document.edit_from_key(("b",), "x: [c, d]")) == "a: 1\nx: [c, d]\ne: 2\n"


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ("owner: *jin the second\n", (1, 8, 15), '"*jin the second"'),
        ("tags: [a, *jin]\n", (1, 11, 4), '"*jin"'),
        ("a: &jin\n", (1, 4, 4), '"&jin"'),
    ],
)
def test_stars_and_ampersands_keep_all_their_text(text: str, place: tuple[int, int, int], fix: str) -> None:
    found = yaml_document.parse(text.encode())
    assert isinstance(found, tuple)
    (problem,) = found
    assert problem.place == place
    assert problem.fix == f"write {fix}"


def test_long_files_are_not_tried_anew() -> None:
    text = "a:\n" + "  - b: 1\n" * 20_000 + "   c: 2\n"
    assert refused(text.encode()) == [
        "x.yaml:20002:4: error[yaml] this line is not lined up with the list above it; "
        "fix: begin it with `- `, in the same column as the other items of the list"
    ]


def test_fixes_have_the_ends_of_line_of_the_file() -> None:
    text = "a: 1\r\ninput_check:\r\n  - sql: x\r\n    count: > 12\r\n"
    found = yaml_document.parse(text.encode())
    assert isinstance(found, tuple)
    edit = found[0].edit
    assert edit
    assert text[: edit.start] + edit.text + text[edit.end :] == text.replace("> 12", "12\r\n    op: gt")


def test_signs_that_end_a_line_for_yaml_only() -> None:
    assert refused("table: a\nmain_sql: |\n  SELECT 'a\u2028b' AS one\n".encode()) == [
        "x.yaml:3:12: error[yaml] a line separator (U+2028) stands here; YAML takes it for the end of a line; "
        "fix: write an ordinary space, or none"
    ]


@pytest.mark.parametrize(
    ("written", "fixed"),
    [("[{{ a }}, b]", '["{{ a }}", b]'), ("[b, !c d]", '[b, "!c d"]'), ("[&c d, e]", '["&c d", e]')],
)
def test_a_fix_inside_brackets_ends_where_the_value_does(written: str, fixed: str) -> None:
    found = yaml_document.parse(f"tags: {written}\n".encode())
    assert isinstance(found, tuple)
    (edit,) = (problem.edit for problem in found if problem.edit)
    text = f"tags: {written}\n"
    assert text[: edit.start] + edit.text + text[edit.end :] == f"tags: {fixed}\n"
    read(f"tags: {fixed}\n")


@pytest.mark.parametrize("value", ["!a b", "{{a}}"])
def test_many_mistakes_on_one_line_are_told_at_once(value: str) -> None:
    """Had each fix the line up to its end, this would take minutes, and more memory than a machine has."""
    raw = f"tags: [{','.join([value] * 14_000)}]\n".encode()
    started = time.process_time()
    found = yaml_document.parse(raw)
    assert time.process_time() - started < 5
    assert isinstance(found, tuple)
    assert len(found) == 200
