"""A query as somebody wrote it elsewhere -> as a config holds it: no `;` at its end, not indented as a whole."""

import re
import textwrap

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.tokens import lexer
from summary_tables.sql.tokens.tokens import quoted_spans


def tidied(sql: str, dialect: Dialect) -> str:
    """`sql` without blanks around it, without `;` behind it and without what indents all of its lines.

    The mark with which editors on Windows begin a file is no part of the query either.

    Where a quoted text goes over several lines, all lines stay as they are: their blanks may belong to the text.
    """
    bare = _without_terminators(sql.removeprefix("\ufeff").replace("\r\n", "\n"), dialect).rstrip()
    written = _BLANK_LINES.sub("", bare)
    if _has_text_of_several_lines(bare, dialect):
        return written
    first, line_break, rest = written.partition("\n")
    if first.startswith((" ", "\t")) or written != bare:
        return _dedented(written)
    return f"{first.rstrip()}{line_break}{_dedented(rest)}"


_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


def _dedented(text: str) -> str:
    return "\n".join(line.rstrip() for line in textwrap.dedent(text).split("\n"))


def _without_terminators(sql: str, dialect: Dialect) -> str:
    pieces = lexer.pieces(sql, dialect.lexical)
    while pieces and pieces[-1].kind == ";":
        last = pieces.pop()
        sql = sql[: last.start] + sql[last.end :]
    return sql


def _has_text_of_several_lines(sql: str, dialect: Dialect) -> bool:
    spans = quoted_spans(sql, dialect.lexical) if "\n" in sql else ()
    return any("\n" in sql[span.start : span.end] for span in spans if span.kind != "comment")
