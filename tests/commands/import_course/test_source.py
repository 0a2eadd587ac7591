"""Python files from anywhere: their dicts, or in plain words why not; never an exception, never executed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables.commands.import_course import source
from summary_tables.commands.import_course.source import Computed, CourseFile, Dict, Listing, Literal, Value
from summary_tables.model.problem import Finding


def read(text: str) -> CourseFile:
    found = source.read(text.encode())
    assert isinstance(found, CourseFile), found
    return found


def plain(value: Value) -> object:
    match value:
        case Literal(value=literal):
            return literal
        case Listing(items=items):
            return [plain(item) for item in items]
        case Dict(entries=entries):
            return {entry.key: plain(entry.value) for entry in entries}
        case _:
            return f"computed: {value.source}"


PYTHON_SIGNS = st.text(alphabet="{}[]()'\"\\\n\t :,=#ab1+-*f%.한\x00\x0c")
DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.one_of(st.binary(), PYTHON_SIGNS.map(str.encode)))
@example(b"\xff\xfe{\x00}\x00")
@example("{'table': '한글', # 한글\n '한글': x}".encode())
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert isinstance(source.read(raw), CourseFile | Finding)


HOSTILE = {
    "minus signs": b"-" * 300_000 + b"1",
    "attributes": b"a" + b".b" * 200_000,
    "sums": b"1" + b"+1" * 200_000,
    "texts": b"{'table': " + b"'a' + " * 100_000 + b"'a'}",
    "dicts": b"{'table': " * 150 + b"1" + b"}" * 150,
    "parentheses": b"(" * 100_000,
    "nots": b"not " * 100_000,
    "encoding": b"# coding: punycode\n" + b"a" * 1_000,
    "digits": b"{'table': 1" + b"0" * 10_000 + b"}",
    "one long line": "{'한글': 1, ".encode() + b"'table': x, " * 20_000 + b"}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_do_not_make_it_raise(name: str) -> None:
    assert isinstance(source.read(HOSTILE[name]), CourseFile | Finding)


@settings(deadline=None)
@given(DATA)
def test_literals_come_back_as_they_are(data: object) -> None:
    found = read(f"config = {{'table': {data!r}}}\n")
    assert [plain(table) for table in found.tables] == [{"table": data}]


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("{'table': 'a'}", [{"table": "a"}]),
        ("  {'table': 'a'}", [{"table": "a"}]),
        ("\n# text\n\t{\n'table': 'a'\n}\n", [{"table": "a"}]),
        ("a: dict = {'table': 'a'}", [{"table": "a"}]),
        ("a = b = {'table': 'a'}", [{"table": "a"}]),
        ("[{'table': 'a'}, {'table': 'b'}]", [{"table": "a"}, {"table": "b"}]),
        ("({'table': 'a'}, {'table': 'b'})", [{"table": "a"}, {"table": "b"}]),
        ("all = {'x': {'table': 'a'}, 'y': {'table': 'b'}}", [{"table": "a"}, {"table": "b"}]),
        ("a = {'table': 'a'}\nb = {'table': 'b'}", [{"table": "a"}, {"table": "b"}]),
        ("dict(table='a', main_sql='b')", [{"table": "a", "main_sql": "b"}]),
        ("{'schema': 'a' 'b' + 'c' f'd{{e}}'}", [{"schema": "abcd{e}"}]),
        ("{'table': 'a', 'n': (-1, +1.5, 1_000)}", [{"table": "a", "n": [-1, 1.5, 1000]}]),
        ("{'table': x, 's': f'{x}'}", [{"table": "computed: x", "s": "computed: f'{x}'"}]),
        ("{'table': b'x', 's': ...}", [{"table": "computed: b'x'", "s": "computed: ..."}]),
        ("{'table': 'a'.format(), 's': -x}", [{"table": "computed: 'a'.format()", "s": "computed: -x"}]),
        ("{'table': 'a' % 1, **x}", [{"table": "computed: 'a' % 1", "": "computed: x"}]),
        ("{'a': {'b': {'table': 'a'}}}", []),
        ("", []),
    ],
)  # fmt: skip
def test_tables(text: str, tables: list[object]) -> None:
    assert [plain(table) for table in read(text).tables] == tables


@pytest.mark.parametrize(
    ("text", "leftovers"),
    [
        ("import os\nfrom a import b\npass\n{'table': 'a'}", []),
        ("x = 1\n{'table': 'a'}", ["x = 1"]),
        ("a['b'] = {'table': 'a'}", ["a['b'] = {'table': 'a'}"]),
        ("[{'table': 'a'}, other]", ["other"]),
        ("def f():\n    return {'table': 'a'}", ["def f():\n    return {'table': 'a'}"]),
        ("x = [1, 2]", ["x = [1, 2]"]),
    ],
)
def test_leftovers(text: str, leftovers: list[str]) -> None:
    assert [piece.source for piece in read(text).leftovers] == leftovers


COMMENTED = """\
#!/usr/bin/env python
# -*- coding: utf-8 -*-
# file
x = 1  # of code
# table
{  # first
    # above
    'table': (  # beside
        # inside
        'a'
    ),  # behind
    'input_check': [
        # item
        {'sql': '# text'},  # end of item
        # last
    ],  # noqa
    # tail
}
# end
"""


def test_comments_stay_with_what_they_speak_of() -> None:
    found = read(COMMENTED)
    (table,) = found.tables
    name, checks = (entry.value for entry in table.entries)
    assert isinstance(checks, Listing)
    assert (table.comments, table.tail, found.tail) == (("file", "table"), ("tail",), ("end",))
    assert name.comments == ("first", "above", "beside", "inside", "behind")
    assert (checks.comments, checks.items[0].comments, checks.tail) == ((), ("item", "end of item"), ("last",))


def test_places_count_characters() -> None:
    (table,) = read("{'설명': '한글🙂', 'table': x + '한글',\n '스키마': y}").tables
    assert [(entry.key, entry.place, entry.value.place) for entry in table.entries] == [
        ("설명", (1, 2, 4), (1, 8, 5)),
        ("table", (1, 15, 7), (1, 24, 8)),
        ("스키마", (2, 2, 5), (2, 9, 1)),
    ]
    assert [entry.source for entry in table.entries] == ["'설명': '한글🙂'", "'table': x + '한글'", "'스키마': y"]
    assert isinstance(table.entries[1].value, Computed)


def test_docstring() -> None:
    assert read('"""One.\n\n   Two.\n"""\n{\'table\': 1}').docstring == "One.\n\nTwo."
