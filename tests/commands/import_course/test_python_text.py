"""What is wrong with a Python file, in plain words and at its place."""

import pytest

from summary_tables.commands.import_course import python_text
from summary_tables.commands.import_course.python_text import MAX_BYTES
from summary_tables.model.problem import Finding


def said(raw: bytes) -> str:
    found = python_text.parse(raw)
    assert isinstance(found, Finding), found
    return f"{found.place.line}:{found.place.column} {found.message}; {found.fix}"


LOOK = "look for a missing comma, quote or bracket here and at the end of the line above"
SAVE = "save it as UTF-8, or name its encoding in the first line, such as `# coding: cp949`"
DEEP = "write the tables out, each as a dict of its own"
NOT_CLOSED = (
    "1:7 this text has no closing quote on its line; add the quote; text of several lines stands between three quotes"
)
WRONG_ORDER = (
    "1:9 this `)` stands where a `[` has to be closed first; close brackets in the order in which they were opened"
)
NO_ENCODING = (
    "0:0 the file names an encoding that does not exist in one of its first two lines; "
    "delete what follows `coding`; the file is UTF-8"
)
OTHER_ENCODING = (
    "0:0 the file says that its encoding is rot13, which is not read here; save it as UTF-8 and delete that line"
)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{'a': 1\n 'b': 2}", "1:7 a comma is missing here, or at the end of a line just above; add `,`"),
        (b"{'a': 'x'\n 'b': 2}", f"2:5 Python cannot read this line; {LOOK}"),
        (b"{'a': 1", "1:1 this `{` is never closed; add the bracket that closes it"),
        (b"{'a': [1)}", WRONG_ORDER),
        (b"1}", "1:2 this `}` closes nothing; delete it, or add the bracket that it closes"),
        (b"{'a': 'b}", NOT_CLOSED),
        (b"{'a': '''b}", "1:7 this text is never closed; add three quotes where it ends"),
        ("{'a': “b”}".encode(), "1:7 the character `“` (U+201C) stands outside quotes; type a plain one"),
        ("{'a':\u00a01}".encode(), "1:6 the invisible character U+00A0 stands here; delete it"),
        (b"a = 1\nb = '\0'", "2:6 a NUL character stands here; delete it"),
        (b"a = 1\n  b = 2", f"2:2 this line is indented too far or too little; {LOOK}"),
        (b"{'a': 1, 'b' = 2}", f"1:12 a dict has lines `'key': value,`; {LOOK}"),
        (b"(" * 300, f"1:201 brackets are nested too deep here; {DEEP}"),
        (b"-" * 100_000 + b"1", f"0:0 the file is nested too deep; {DEEP}"),
        ("# 한글".encode("cp949"), f"0:0 the file is not UTF-8: byte 0xC7 on line 1; {SAVE}"),
        (b"\n\n\n'\xc7'", f"0:0 the file is not UTF-8: byte 0xC7 on line 4; {SAVE}"),
        (b"# coding: ascii\n'\xc7'", f"0:0 the file is not ascii: byte 0xC7 on line 2; {SAVE}"),
        (b"# coding: korean\xff", f"0:0 the file is not UTF-8: byte 0xFF on line 1; {SAVE}"),
        (b"# coding: nonsense", NO_ENCODING),
        (b"# coding: rot13", OTHER_ENCODING),
        ("{}".encode("utf-16"), "0:0 the file is UTF-16, not UTF-8; save it as UTF-8"),
        (b"#" * (MAX_BYTES + 1), "0:0 the file is 1.0 MB; at most 1 MB are read; import its tables from smaller files"),
    ],
)
def test_mistakes(raw: bytes, words: str) -> None:
    assert said(raw) == words


@pytest.mark.parametrize(
    "raw", ["# coding: cp949\n'한글'".encode("cp949"), "\ufeff'한글'".encode(), "'한글'\r\n".encode()]
)
def test_text_in_any_encoding_that_the_file_names(raw: bytes) -> None:
    found = python_text.parse(raw)
    assert not isinstance(found, Finding)
    assert "'한글'" in found[1]


def test_odd_escapes_say_nothing(recwarn: pytest.WarningsRecorder) -> None:
    assert not isinstance(python_text.parse(rb"{'main_sql': 'a ~ \d'}"), Finding)
    assert len(recwarn) == 0
