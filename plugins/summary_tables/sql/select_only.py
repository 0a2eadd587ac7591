"""Says whether a statement is one query that only reads, before a server sees it.

It reads pieces of text, not grammar: what it cannot decide it lets pass, and the read-only transaction and the
one-statement protocol below it refuse the rest. What it refuses for sure: a second statement, anything but a query,
data-modifying CTEs, `SELECT ... INTO`, locking clauses, and text that would swallow what is put around it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates.pieces import Piece as TemplatePiece
from summary_tables.sql.templates.pieces import pieces as template_pieces
from summary_tables.sql.templates.stand_ins import replaced
from summary_tables.sql.tokens import lexer
from summary_tables.sql.tokens.lexer import Piece
from summary_tables.sql.tokens.lexical import Lexical

_STARTS = ("SELECT", "WITH", "VALUES", "TABLE")
_DATA_STATEMENTS = ("DELETE", "INSERT", "MERGE", "UPDATE")
_CHANGES_DATA = frozenset({*_DATA_STATEMENTS, "COPY", "TRUNCATE"})
_CHANGES_DATABASE = frozenset({"ALTER", "COMMENT", "CREATE", "DROP", "GRANT", "REINDEX", "REVOKE", "VACUUM"})
_LOCKS = {"KEY": "FOR KEY SHARE", "NO": "FOR NO KEY UPDATE", "SHARE": "FOR SHARE", "UPDATE": "FOR UPDATE"}
# FOR is no lock straight inside their parentheses; NULLS stands for Redshift's UNPIVOT INCLUDE NULLS.
_CALLS_WITH_FOR = frozenset({"NULLS", "OVERLAY", "PIVOT", "SUBSTRING", "UNPIVOT"})

_NAME = re.compile(r'\w[\w$]*|"[^"]*"')


def violation(sql: str, dialect: Dialect, *, rendered: bool = False) -> Finding[Span] | None:
    """The first reason not to run `sql` as a query; None if there is none. Never raises.

    SQL as it stands in a file may hold templates and the placeholders `{schema}` and `{table}`: what they stand for is
    not judged, and nothing is where a template is never closed (`sql.templates` says so). `rendered=True` says that
    they have been replaced: then braces are text like any other.
    """
    if (nul := sql.find("\0")) >= 0:
        return Finding(place=Span(nul), message="a NUL character cannot stand in SQL", fix="delete it")
    if rendered or "{" not in sql:
        return _Guard(sql, lexer.pieces(sql, dialect.lexical)).verdict()
    found = tuple(template_pieces(sql))
    if found and found[-1].kind == "open":
        return None
    branches = any(piece.kind == "statement" for piece in found)
    return _Guard(sql, lexer.pieces(replaced(sql, _filler), dialect.lexical), branches=branches).verdict()


def without_terminator(sql: str, lexical: Lexical) -> str:
    """Rendered `sql` up to its last token, without the `;` and the comments behind it, so that text can follow.

    Never raises: SQL that `violation` refuses comes back as well as it can.
    """
    pieces = lexer.pieces(sql, lexical)
    while pieces and pieces[-1].kind == ";":
        pieces.pop()
    return sql[: pieces[-1].end] if pieces else ""


def without_semicolon(sql: str, lexical: Lexical) -> str:
    """`sql`, with its templates, without the `;` at its end; what stands behind that, such as a comment, stays."""
    while (found := lexer.pieces(replaced(sql, _filler), lexical)) and found[-1].kind == ";":
        sql = sql[: found[-1].start] + sql[found[-1].end :]
    return sql


def _filler(piece: TemplatePiece) -> str:
    """Stands in for a template piece: a value is some name of the same length, anything else is blank."""
    return ("x" if piece.kind in ("value", "name") else " ") * (piece.end - piece.start)


@dataclass(slots=True, kw_only=True)
class _Level:
    """The statement itself or what stands between two parentheses. `opener` is the keyword before the `(`."""

    start: int
    opener: str = ""
    in_with: bool = False
    """The list of a WITH is being read; it ends at the SELECT that follows it."""
    body_is_next: bool = False


class _Guard:
    """Reads the pieces once, from left to right. `branches`: only one of several texts may become part of the SQL."""

    def __init__(self, sql: str, pieces: list[Piece], *, branches: bool = False) -> None:
        self._sql = sql
        self._pieces = pieces
        self._branches = branches
        self._levels = [_Level(start=0, in_with=self._kind(0) == "WITH")]

    def verdict(self) -> Finding[Span] | None:
        return self._wrong_start() or self._wrong_piece() or self._open_parenthesis()

    def _kind(self, index: int) -> str:
        return self._pieces[index].kind if 0 <= index < len(self._pieces) else ""

    def _wrong_start(self) -> Finding[Span] | None:
        first = next((piece for piece in self._pieces if piece.kind != "("), None)
        if not self._pieces or self._kind(0) == ";":
            return Finding(place=Span(0), message="the SQL is empty", fix="write a query, e.g. `SELECT ... FROM ...`")
        if first is None or first.kind in lexer.NEVER_CLOSED or self._sql.startswith("{{", first.start):
            return None
        word = lexer.word_at(self._sql, first.start)
        return None if word.upper() in _STARTS else _no_query(word, first.start)

    def _wrong_piece(self) -> Finding[Span] | None:
        name_is_next = False
        for index, piece in enumerate(self._pieces):
            is_name, name_is_next = name_is_next and piece.kind.isalpha(), False
            if is_name:
                continue
            name_is_next = piece.kind in ("AS", ".")
            if (read := _READERS.get(piece.kind)) and (found := read(self, index)):
                return found
        return None

    def _open_parenthesis(self) -> Finding[Span] | None:
        if len(self._levels) == 1 or self._branches:
            return None
        return Finding(
            place=Span(self._levels[-1].start), message="this `(` is never closed", fix="add the missing `)`"
        )

    def opening(self, index: int) -> Finding[Span] | None:
        around, first = self._levels[-1], self._kind(index + 1)
        is_cte_body, around.body_is_next = around.body_is_next, False
        start, opener = self._pieces[index].start, self._kind(index - 1)
        self._levels.append(_Level(start=start, opener=opener, in_with=first == "WITH"))
        is_change = is_cte_body and first in _DATA_STATEMENTS
        return _no_query(first, self._pieces[index + 1].start) if is_change else None

    def closing(self, index: int) -> Finding[Span] | None:
        if len(self._levels) > 1:
            self._levels.pop()
            return None
        if self._branches:
            return None
        fix = "delete it, or add the missing `(` before it"
        return Finding(place=Span(self._pieces[index].start), message="this `)` has no `(` before it", fix=fix)

    def terminator(self, index: int) -> Finding[Span] | None:
        if index + 1 == len(self._pieces):
            return None
        follower = self._pieces[index + 1]
        if follower.kind == ";":
            return Finding(place=Span(follower.start), message="one `;` is enough", fix="delete it")
        message = "one query only; a second statement starts here"
        return Finding(place=Span(follower.start), message=message, fix="keep one query and delete the rest")

    def alias(self, _: int) -> None:
        self._levels[-1].body_is_next = self._levels[-1].in_with

    def select(self, _: int) -> None:
        self._levels[-1].in_with = False

    def data_statement(self, index: int) -> Finding[Span] | None:
        if self._levels[-1].in_with and self._follows_cte(index):
            return _no_query(self._kind(index), self._pieces[index].start)
        return None

    def _follows_cte(self, index: int) -> bool:
        """A CTE ends with its body, or with the name after the SET of its SEARCH or the USING of its CYCLE clause."""
        if self._kind(index - 1) == ")":
            return True
        before = self._pieces[index - 1]
        is_name = before.kind.isalpha() or _NAME.fullmatch(self._sql, before.start, before.end)
        return bool(is_name) and self._kind(index - 2) in ("SET", "USING")

    def into(self, index: int) -> Finding[Span]:
        if self._kind(index - 1) in _DATA_STATEMENTS:
            return _no_query(self._kind(index - 1), self._pieces[index - 1].start)
        message = "only a query is allowed here; SELECT ... INTO would create a table"
        return Finding(place=Span(self._pieces[index].start), message=message, fix="delete INTO and the name after it")

    def lock(self, index: int) -> Finding[Span] | None:
        if index + 1 == len(self._pieces) or self._levels[-1].opener in _CALLS_WITH_FOR:
            return None
        clause = _LOCKS.get(lexer.word_at(self._sql, self._pieces[index + 1].start).upper())
        if not clause:
            return None
        message = f"only reading is allowed here; {clause} would lock the rows it reads"
        return Finding(place=Span(self._pieces[index].start), message=message, fix=f"delete {clause}")

    def never_closed(self, index: int) -> Finding[Span]:
        piece = self._pieces[index]
        message, fix = _never_closed_words(piece.kind, self._sql, piece.start)
        return Finding(place=Span(piece.start), message=message, fix=fix)


_READERS: dict[str, Callable[[_Guard, int], Finding[Span] | None]] = {
    "(": _Guard.opening,
    ")": _Guard.closing,
    ";": _Guard.terminator,
    "AS": _Guard.alias,
    "FOR": _Guard.lock,
    "INTO": _Guard.into,
    "SELECT": _Guard.select,
    **dict.fromkeys(_DATA_STATEMENTS, _Guard.data_statement),
    **dict.fromkeys(lexer.NEVER_CLOSED, _Guard.never_closed),
}


def _no_query(word: str, offset: int) -> Finding[Span]:
    """The refusal of a statement that starts with `word`."""
    upper, fix = word.upper(), "write a query that starts with SELECT or WITH"
    if upper in _CHANGES_DATA or upper in _CHANGES_DATABASE:
        changed = "data" if upper in _CHANGES_DATA else "the database"
        return Finding(
            place=Span(offset), message=f"only a query is allowed here; {upper} would change {changed}", fix=fix
        )
    if word and not word[0].isprintable():
        message = f"an invisible character (U+{ord(word[0]):04X}) stands here"
        return Finding(place=Span(offset), message=message, fix="delete it; type a plain space if one is needed")
    near = get_close_matches(upper, _STARTS, n=1, cutoff=0.7)
    written = f", not with `{word}`" if word else ""
    message = f"a query starts with {', '.join(_STARTS[:-1])} or {_STARTS[-1]}{written}"
    return Finding(place=Span(offset), message=message, fix=f"write {near[0]}" if near else fix)


def _never_closed_words(kind: str, sql: str, start: int) -> tuple[str, str]:
    if kind == lexer.OPEN_COMMENT:
        return "this comment is never closed", "add `*/` where it ends"
    if kind == lexer.OPEN_NAME:
        return 'this name has no closing `"`', 'add `"` where the name ends'
    if kind == lexer.OPEN_DOLLAR:
        tag = sql[start : sql.index("$", start + 1) + 1]
        return f"this text has no closing `{tag}`", f"add `{tag}` where the text ends"
    return "this text has no closing quote", "add `'` where the text ends; a quote inside a text is written twice: `''`"
