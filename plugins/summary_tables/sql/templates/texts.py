"""Template marks inside texts, quoted names and comments of SQL: there, braces may be meant as they are.

A mark that is no template means itself in Jinja's eyes only by luck, so each is a mistake that shows how to write it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import static_names
from summary_tables.sql.templates.error import TemplateError, quote, template_error
from summary_tables.sql.templates.nodes import Constant, If, Node, Output, Set, Statement, every_statement
from summary_tables.sql.templates.pieces import Piece
from summary_tables.sql.tokens.tokens import Quoted, quoted_spans

_MARKS = frozenset("{}%#")
_MOST_MARKS = 4


def is_escape(node: Node) -> bool:
    """`{{ '{{' }}`: how braces are written that mean themselves."""
    text = static_names.constant_text(node)
    return text is not None and 0 < len(text) <= _MOST_MARKS and _MARKS.issuperset(text)


def as_it_is(mark: str) -> str:
    """How `mark`, two braces that begin a template, is written where it is meant as text."""
    return f"a `{mark}` that is text is written `{{{{ '{mark}' }}}}`"


class QuotedSql:
    """Which pieces of a query stand in a text, a quoted name or a comment of SQL."""

    def __init__(self, sql: str, found: Sequence[Piece], dialect: Dialect) -> None:
        self._sql = sql
        self._spans = tuple(quoted_spans(_without_templates(sql, found), dialect.lexical))

    def around(self, offset: int) -> Quoted | None:
        """What is around the character at `offset`."""
        index = bisect_right(self._spans, offset, key=lambda span: span.start) - 1
        span = self._spans[index] if index >= 0 else None
        return span if span and span.start < offset < span.end else None

    def mistakes(self, found: Sequence[Piece], body: tuple[Statement, ...]) -> Iterator[TemplateError]:
        """Marks that would change the SQL around them without a word."""
        for piece in found:
            if piece.kind == "comment":
                yield from self._comment(piece)
        for statement in every_statement(body):
            match statement:
                case Output(value=value) if static_names.is_constant(value) and not is_escape(value):
                    yield self._no_date(statement)
                case Set(start=start, end=end) if self._is_text(start):
                    length = 2 if statement.value else end - start
                    message = "`set` inside a text of SQL would vanish from it"
                    yield template_error(start, start + length, message, as_it_is("{%"))
                case If() if self._is_text(statement.start):
                    yield from self._conditions(statement)

    def _is_text(self, offset: int) -> bool:
        span = self.around(offset)
        return span is not None and span.kind != "comment"

    def _comment(self, piece: Piece) -> Iterator[TemplateError]:
        span = self.around(piece.start)
        if span is None:
            return
        if span.kind != "comment":
            message = f"inside a {span.kind} of SQL, `{{#` hides all up to the next `#}}`"
            yield template_error(piece.start, piece.end, message, as_it_is("{#"))
        elif ("\n" if self._sql.startswith("--", span.start) else "*/") in piece.text:
            message = "this `{#` begins in a comment of SQL and hides what follows behind that"
            yield template_error(piece.start, piece.end, message, as_it_is("{#"))

    def _no_date(self, statement: Output) -> TemplateError:
        written = quote(self._sql, statement.value.start, statement.value.end)
        message = f"two braces hold a date of the run, not `{written}`"
        text = static_names.constant_text(statement.value)
        is_text = self.around(statement.start) is not None
        fix = as_it_is("{{") if is_text else ""
        if not is_text and isinstance(statement.value, Constant) and "…" not in written:
            fix = f"write `{written if text is None else text}` without braces"
        return template_error(statement.start, statement.end, message, fix)

    def _conditions(self, statement: If) -> Iterator[TemplateError]:
        for condition, _ in statement.branches:
            if static_names.is_constant(condition):
                message = "this condition inside a text of SQL is not about a date"
                yield template_error(condition.start, condition.end, message, as_it_is("{%"))


def _without_templates(sql: str, found: Sequence[Piece]) -> str:
    """`sql` with pieces of the same length in which nothing begins or ends."""
    parts: list[str] = []
    position = 0
    for piece in found:
        if piece.kind != "open":
            stand_in = "x" if piece.kind in ("value", "name") else " "
            parts += [sql[position : piece.start], stand_in * (piece.end - piece.start)]
            position = piece.end
    return "".join((*parts, sql[position:]))
