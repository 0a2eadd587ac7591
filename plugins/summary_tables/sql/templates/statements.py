"""The pieces of SQL -> what its template says, statement by statement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.templates.bounds import MOST_NESTED_STATEMENTS, MOST_PIECES
from summary_tables.sql.templates.error import TemplateError, template_error
from summary_tables.sql.templates.expressions import ExpressionParser
from summary_tables.sql.templates.nodes import For, If, Items, Node, Output, Set, Statement, Text
from summary_tables.sql.templates.pieces import Piece
from summary_tables.sql.templates.tokens import tokens
from summary_tables.text.spelling import nearest

_BLOCKS = ("if", "for", "set")
_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw")
_OTHER_TAGS = {"fi": "if", "elseif": "elif", "elsif": "elif", "end": "endif"}
_EXAMPLES = {"if": "if ds > '2026-01-01'", "for": "for n in [1, 2]", "set": "set days = 7"}
_FOREIGN_TAGS = frozenset(
    {
        "autoescape",
        "block",
        "break",
        "call",
        "continue",
        "debug",
        "do",
        "extends",
        "filter",
        "from",
        "import",
        "include",
        "macro",
        "trans",
        "with",
    }
)
_ARRAY = re.compile(r"\}\s*,\s*\{")
_ALL_TAGS = "there are `if`, `for`, `set` and `raw`"


@dataclass(slots=True, kw_only=True)
class _Block:
    """A statement whose end has not been read. `parts`: what has been read of it, branch by branch."""

    piece: Piece
    parser: ExpressionParser | None
    parts: list[tuple[Piece, list[Statement]]] = field(default_factory=list)

    @property
    def tag(self) -> str:
        return self.piece.tag


class StatementParser:
    """`errors` has every mistake in an expression; `body` is complete where there are none."""

    def __init__(self, sql: str, found: Sequence[Piece]) -> None:
        self._sql = sql
        self._pieces = [piece for piece in found if piece.kind != "name"]
        self._open: list[_Block] = []
        self.body: list[Statement] = []
        self.errors: list[TemplateError] = []

    def read(self) -> tuple[Statement, ...]:
        """The whole template. Raises `TemplateError` where statements do not belong together."""
        if len(self._pieces) > MOST_PIECES:
            piece = self._pieces[MOST_PIECES]
            raise template_error(piece.start, piece.end, f"a query has at most {MOST_PIECES:,} templates")
        position, trims = 0, False
        for piece in self._pieces:
            if piece.kind == "open":
                self.errors.append(_never_closed(self._sql, piece))
                break
            self._copy(position, piece.start, before=trims, behind=piece.trims[0])
            position, trims = piece.end, piece.trims[1]
            if piece.kind == "value":
                self._output(piece)
            elif piece.kind == "statement":
                self._statement(piece)
        if self._open:
            piece = self._open[-1].piece
            message, fix = (
                f"this `{{% {piece.tag} ... %}}` is never closed",
                f"add `{{% end{piece.tag} %}}` where it ends",
            )
            raise template_error(piece.start, piece.end, message, fix)
        self._copy(position, len(self._sql), before=trims, behind=False)
        return tuple(self.body)

    @property
    def _current(self) -> list[Statement]:
        return self._open[-1].parts[-1][1] if self._open else self.body

    def _copy(self, start: int, end: int, *, before: bool, behind: bool) -> None:
        text = self._sql[start:end]
        if before:
            start += len(text) - len(text.lstrip())
        if behind:
            end -= len(text) - len(text.rstrip())
        if start < end:
            self._current.append(Text(start=start, end=end))

    def _output(self, piece: Piece) -> None:
        if not piece.text.strip():
            self.errors.append(_at(piece, "nothing stands between these braces", "write e.g. `{{ ds }}`"))
            return
        if _ARRAY.search(piece.text):
            self.errors.append(_array(piece))
            return
        try:
            parser = ExpressionParser(tokens(piece.text, piece.inside, "}}"))
            value = parser.values()
            parser.expect_end()
            if isinstance(value, Items) and value.items and value.end == value.items[-1].end:
                raise _array(piece)
            self._current.append(Output(start=piece.start, end=piece.end, value=value))
        except _ArrayError as error:
            self.errors.append(error)
        except TemplateError as error:
            self.errors.append(_unreadable(piece, "{{ ... }}", error))

    def _statement(self, piece: Piece) -> None:
        tag = piece.tag
        if tag not in _TAGS:
            raise _unknown_tag(piece)
        if tag in _BLOCKS:
            self._begin(piece)
        elif tag in ("elif", "else"):
            if not self._may_branch(tag):
                raise _closes_nothing(piece, "if")
            self._require_end(piece)
            self._open[-1].parts.append((piece, []))
        elif not self._open or f"end{self._open[-1].tag}" != tag:
            raise _closes_nothing(piece, tag.removeprefix("end"))
        else:
            self._require_end(piece)
            self._finish(piece)

    def _may_branch(self, tag: str) -> bool:
        if not self._open:
            return False
        block = self._open[-1]
        return block.parts[-1][0].tag != "else" and (block.tag == "if" or (block.tag == "for" and tag == "else"))

    def _require_end(self, piece: Piece) -> None:
        if piece.tag != "elif" and piece.text.strip() != piece.tag:
            raise _at(piece, f"nothing may stand behind `{piece.tag}`", f"write `{{% {piece.tag} %}}`")

    def _begin(self, piece: Piece) -> None:
        block = _Block(piece=piece, parser=_parser(piece, self.errors))
        if piece.tag == "set" and "=" in piece.text.partition("(")[0]:
            self._finish_set(block, piece)
            return
        block.parts.append((piece, []))
        self._open.append(block)
        if len(self._open) > MOST_NESTED_STATEMENTS:
            raise _at(piece, f"more than {MOST_NESTED_STATEMENTS} statements stand within each other", "")

    def _finish(self, piece: Piece) -> None:
        block = self._open.pop()
        try:
            if block.tag == "if":
                self._current.append(self._if(block, piece))
            elif block.tag == "for":
                self._current.append(_for(block, piece))
            elif block.parser:
                name = block.parser.name()
                block.parser.expect_end()
                body = tuple(block.parts[0][1])
                self._current.append(Set(start=block.piece.start, end=piece.end, names=(name,), body=body))
        except TemplateError as error:
            self.errors.append(_unreadable(block.piece, "{% ... %}", error))

    def _finish_set(self, block: _Block, piece: Piece) -> None:
        try:
            if block.parser:
                names = block.parser.names()
                block.parser.expect("=")
                value = block.parser.values()
                block.parser.expect_end()
                self._current.append(Set(start=piece.start, end=piece.end, names=names, value=value))
        except TemplateError as error:
            self.errors.append(_unreadable(piece, "{% ... %}", error))

    def _if(self, block: _Block, closing: Piece) -> If:
        branches: list[tuple[Node, tuple[Statement, ...]]] = []
        otherwise: tuple[Statement, ...] = ()
        for piece, body in block.parts:
            parser = block.parser if piece is block.piece else _parser(piece, self.errors)
            if piece.tag == "else":
                otherwise = tuple(body)
            elif parser:
                condition = parser.expression()
                parser.expect_end()
                branches.append((condition, tuple(body)))
        return If(start=block.piece.start, end=closing.end, branches=tuple(branches), otherwise=otherwise)


def _for(block: _Block, closing: Piece) -> For:
    parser = block.parser
    if parser is None:
        raise _at(block.piece, "it cannot be read", "")
    names = parser.names()
    parser.expect("in")
    values = parser.expression(has_choice=False)
    condition = parser.expression() if parser.take("if") else None
    parser.expect_end()
    bodies = [tuple(body) for _, body in block.parts]
    return For(
        start=block.piece.start,
        end=closing.end,
        names=names,
        values=values,
        condition=condition,
        body=bodies[0],
        otherwise=bodies[1] if len(bodies) > 1 else (),
    )


def _parser(piece: Piece, errors: list[TemplateError]) -> ExpressionParser | None:
    """Behind the tag."""
    skipped = piece.text.index(piece.tag) + len(piece.tag)
    try:
        return ExpressionParser(tokens(piece.text[skipped:], piece.inside + skipped, "%}"))
    except TemplateError as error:
        errors.append(_unreadable(piece, "{% ... %}", error))
        return None


def _at(piece: Piece, message: str, fix: str) -> TemplateError:
    return template_error(piece.start, piece.end, message, fix, may_be_text=True)


def _unreadable(piece: Piece, shown: str, error: TemplateError) -> TemplateError:
    fix = error.mistake.fix
    if not fix and piece.tag in _EXAMPLES:
        fix = f"write e.g. `{{% {_EXAMPLES[piece.tag]} %}}`"
    elif not fix and piece.kind == "value":
        fix = "write e.g. `{{ ds }}`"
    return _at(piece, f"this `{shown}` cannot be read: {error.mistake.message}", fix)


class _ArrayError(TemplateError):
    """`{{1,2},{3,4}}` of PostgreSQL."""


def _array(piece: Piece) -> _ArrayError:
    message = "two braces begin a placeholder, also those of an array"
    fix = "put a space between them: `{ {1,2}, {3,4} }`, or write `ARRAY[[1,2], [3,4]]`"
    return _ArrayError(Finding(place=Span(piece.start, piece.end - piece.start), message=message, fix=fix))


def _unknown_tag(piece: Piece) -> TemplateError:
    if piece.tag in _FOREIGN_TAGS or piece.tag.removeprefix("end") in _FOREIGN_TAGS:
        return _at(piece, f"`{piece.tag}` is not among the statements of a template", _ALL_TAGS)
    near = _OTHER_TAGS.get(piece.tag) or nearest(piece.tag, _TAGS)
    fix = f"write `{{% {near} ... %}}`" if near else _ALL_TAGS
    return _at(piece, f"`{piece.tag}` is nothing that `{{% ... %}}` knows", fix)


def _closes_nothing(piece: Piece, needed: str) -> TemplateError:
    verb = "closes nothing" if piece.tag.startswith("end") else "belongs to nothing"
    return _at(piece, f"this `{{% {piece.tag} %}}` {verb}", f"add `{{% {needed} ... %}}` before it")


_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}


def _never_closed(sql: str, piece: Piece) -> TemplateError:
    mark = sql[piece.start : piece.start + 2]
    if piece.inside > piece.start + 2:
        message, fix = "this `{% raw %}` is never closed", "add `{% endraw %}` where it ends"
        return template_error(piece.start, piece.inside, message, fix)
    message, fix = f"this `{mark}` is never closed", f"add `{_ENDS[mark]}` where it ends"
    return template_error(piece.start, piece.start + 2, message, fix, may_be_text=True)
