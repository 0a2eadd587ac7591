"""Bytes from a pull request: refused in plain words or read, never an exception, never a different value."""

import string

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables import yaml_document
from summary_tables.yaml_document import MAX_BYTES, MAX_DEPTH, YamlDocument


def read(text: str) -> YamlDocument:
    found = yaml_document.parse(text.encode(), "x.yaml")
    assert isinstance(found, YamlDocument), found
    return found


def refused(raw: bytes) -> list[str]:
    found = yaml_document.parse(raw, "x.yaml")
    assert isinstance(found, tuple)
    return [str(problem) for problem in found]


YAML_SIGNS = " \t\n-:?[]{}#&*!|>'\"%@`,a1\\"


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text(alphabet=YAML_SIGNS).map(str.encode)))
@example(b"a: " + b"[" * 300_000)
@example(b"- " * 300_000)
@example(b"? " * 5_000)
@example(b'"\\ud800": 1')
@example(b"a: " + b"9" * 10_000)
@example(b"a: &a\n  b: *a\n")
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    found = yaml_document.parse(raw, "x.yaml")
    assert isinstance(found, YamlDocument) or all(str(problem).startswith("x.yaml") for problem in found)


LETTERS = string.digits + string.ascii_letters + string.punctuation + " \t\n\r한글😀"
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.text(alphabet=LETTERS))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200)
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
    assert type(found["a"]) is type(value)


def test_size_limit() -> None:
    padding = b"a: 1\n#" + b"x" * MAX_BYTES
    assert refused(padding) == ["x.yaml: error[file] the file is 1.0 MB; a config may have at most 1 MB"]


def test_depth_limit_is_exact() -> None:
    deepest = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert isinstance(yaml_document.parse(deepest.encode(), "x.yaml"), YamlDocument)
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
        (("b", 1, "c"), 3, (6, 11)),
    ],
)
def test_places_inside_texts(path: tuple[str | int, ...], offset: int, place: tuple[int, int]) -> None:
    assert read(DOCUMENT).place_in_text(path, offset) == place
