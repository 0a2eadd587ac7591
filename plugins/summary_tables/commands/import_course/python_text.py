"""Bytes of a Python file -> its syntax tree, or in plain words why there is none. Nothing is executed."""

import ast
import codecs
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.model.problem import WHOLE_FILE, Finding, Place

MAX_BYTES = 1_000_000

_KOREAN = frozenset({"cp949", "euc_kr", "johab"})
_ENCODINGS = _KOREAN | {"ascii", "big5", "cp1252", "euc_jp", "gb18030", "gbk", "iso8859-1", "shift_jis", "utf-8"}


_WRITE_OUT = "write the tables out, each as a dict of its own"
TOO_DEEP = Finding(place=WHOLE_FILE, message="the file is nested too deep", fix=_WRITE_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """`at`: line from 1, column from 0. `stands_alone`: nothing stands before it on its line."""

    at: tuple[int, int]
    text: str
    stands_alone: bool


def parse(raw: bytes) -> tuple[ast.Module, str] | Finding[Place]:
    """The tree, and the text to which its places belong. Never raises."""
    text = _decoded(raw)
    if isinstance(text, Finding):
        return text
    if "\0" in text:
        return Finding(place=_place_of_nul(text), message="a NUL character stands here", fix="delete it")
    try:
        return _tree(text)
    except SyntaxError as error:
        return _syntax_mistake(error)
    except (RecursionError, MemoryError):
        return TOO_DEEP


def comments(text: str) -> Iterator[Comment]:
    """The comments of Python text that has a tree, without those that only programs read."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and not _DIRECTIVE.match(token.string):
                words = token.string.removeprefix("#").removeprefix(" ").rstrip()
                yield Comment(at=token.start, text=words, stands_alone=not token.line[: token.start[1]].strip())
    except (tokenize.TokenError, SyntaxError):
        return


_DIRECTIVE = re.compile(
    r"#(?:!|.*coding[:=]\s*[-\w.]+\s*(?:-\*-)?$"
    r"|\s*(?:noqa|type:|pylint:|fmt:|mypy:|pragma:|vim?:|lint:|yaml-language-server:|\$schema:))"
)


def _decoded(raw: bytes) -> str | Finding[Place]:
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1_000_000:.1f} MB"
        message = f"the file is {size}; at most {MAX_BYTES // 1_000_000} MB are read"
        return Finding(place=WHOLE_FILE, message=message, fix="import its tables from smaller files")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Finding(place=WHOLE_FILE, message="the file is UTF-16, not UTF-8", fix="save it as UTF-8")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        if codecs.lookup(encoding.removesuffix("-sig")).name not in _ENCODINGS:
            message = f"the file says that its encoding is {encoding}, which is not read here"
            return Finding(place=WHOLE_FILE, message=message, fix="save it as UTF-8 and delete that line")
        return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return _not_in(error.encoding, raw, error.start)
    except (SyntaxError, LookupError):
        return _unknown_encoding(raw)


def _unknown_encoding(raw: bytes) -> Finding[Place]:
    """detect_encoding tells by one exception a cookie that it does not know and a line that is not UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return _not_in("UTF-8", raw, error.start)
    message = "the file names an encoding that does not exist in one of its first two lines"
    return Finding(place=WHOLE_FILE, message=message, fix="delete what follows `coding`; the file is UTF-8")


def _not_in(encoding: str, raw: bytes, offset: int) -> Finding[Place]:
    line = raw.count(b"\n", 0, offset) + 1
    name = encoding.upper() if encoding.lower().startswith("utf") else encoding
    message = f"the file is not {name}: byte 0x{raw[offset]:02X} on line {line}"
    fix = "save it as UTF-8, or name its encoding in the first line, such as `# coding: cp949`"
    return Finding(place=WHOLE_FILE, message=message, fix=fix)


_INDENTED_START = re.compile(r"((?:[ \t]*(?:#[^\n]*)?\n)*)[ \t](?=[ \t]*[{\[])")


def _tree(text: str) -> tuple[ast.Module, str]:
    """A lone dict may be indented: whoever wrote such files read them as one expression."""
    with warnings.catch_warnings():
        # `"\d"` in SQL: Python would print a warning about it.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text), text
        except IndentationError:
            enclosed = _INDENTED_START.sub(r"\1(", text, count=1) + "\n)"
            if not _INDENTED_START.match(text):
                raise
            return ast.parse(enclosed), enclosed


def _place_of_nul(text: str) -> Place:
    offset = text.index("\0")
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


_COMPARE = "look for a missing comma, quote or bracket here and at the end of the line above"
_SYNTAX_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"'(\W)' was never closed", r"this `\1` is never closed", "add the bracket that closes it"),
    (r"unterminated triple-quoted .*", "this text is never closed", "add three quotes where it ends"),
    (
        r"(?:unterminated string|EOL while scanning).*",
        "this text has no closing quote on its line",
        "add the quote; text of several lines stands between three quotes",
    ),
    (r"invalid character '(.)' \((U\+\w+)\)", r"the character `\1` (\2) stands outside quotes", "type a plain one"),
    (r"invalid non-printable character (U\+\w+)", r"the invisible character \1 stands here", "delete it"),
    (r".*forgot a comma.*", "a comma is missing here, or at the end of a line just above", "add `,`"),
    (r".*(?:dictionary key|Maybe you meant '=='|cannot assign to).*", "a dict has lines `'key': value,`", _COMPARE),
    (r"unmatched '(.)'", r"this `\1` closes nothing", "delete it, or add the bracket that it closes"),
    (
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'.*",
        r"this `\1` stands where a `\2` has to be closed first",
        "close brackets in the order in which they were opened",
    ),
    (r"(?:unexpected indent|unindent does not match).*", "this line is indented too far or too little", _COMPARE),
    (r"too many nested .*", "brackets are nested too deep here", _WRITE_OUT),
    (r"Exceeds the limit.*", "this number is too long", "shorten it"),
)


def _syntax_mistake(error: SyntaxError) -> Finding[Place]:
    place = Place(error.lineno, max(error.offset or 1, 1)) if error.lineno else WHOLE_FILE
    for pattern, message, fix in _SYNTAX_WORDS:
        if found := re.fullmatch(pattern, error.msg, re.DOTALL):
            return Finding(place=place, message=found.expand(message), fix=fix)
    return Finding(place=place, message="Python cannot read this line", fix=_COMPARE)
