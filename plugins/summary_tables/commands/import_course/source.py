"""A Python file -> the dicts in it that describe tables, value by value, with places and comments.

Nothing is executed: what is no literal (a call, a name, an f-string with values) comes back as its source text.
"""

import ast
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from summary_tables.commands.import_course import python_text
from summary_tables.commands.import_course.python_text import Comment
from summary_tables.model.problem import Finding, Place

TABLE_KEYS = frozenset({"table", "schema", "main_sql", "input_check", "output_check"})
"""A dict with one of these describes a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What stands at `place`. `source` is its Python text, `comments` what is said above and beside it."""

    place: Place
    source: str
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Value):
    """Text, a number, a boolean or None."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Value):
    """What only Python itself could know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Value):
    """A list or tuple. `tail`: the comments behind the last item."""

    items: tuple[Value, ...]
    tail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`key: value`; the key is empty where it is no text. `source` is that of both, comments stand in the value."""

    key: str
    place: Place
    source: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Dict(Value):
    """`tail`: the comments behind the last entry."""

    entries: tuple[Entry, ...]
    tail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    """`tables` in the order of the file. `leftovers` is code that is neither a table nor an import."""

    docstring: str
    tables: tuple[Dict, ...]
    leftovers: tuple[Computed, ...]
    tail: tuple[str, ...]


def read(raw: bytes) -> CourseFile | Finding[Place]:
    """The tables in `raw`, or why it is no Python. Never raises."""
    parsed = python_text.parse(raw)
    if isinstance(parsed, Finding):
        return parsed
    try:
        return _Reader(parsed[1]).file(parsed[0])
    except RecursionError:
        return python_text.TOO_DEEP


_Position = tuple[int, int]
"""Line from 1, column in characters from 0."""


@dataclass(slots=True)
class _Child:
    """A table, entry or item: what comments can speak of."""

    start: _Position
    end: _Position
    comments: list[str] = field(default_factory=list)


class _Reader:
    """Reads from the inside out: comments belong to the innermost dict or list around them."""

    def __init__(self, text: str) -> None:
        self._positions = _Positions(text.split("\n"))
        self._comments = list(python_text.comments(text))
        self._taken: set[_Position] = set()

    def file(self, tree: ast.Module) -> CourseFile:
        docstring = ast.get_docstring(tree) or ""
        body = tree.body[1:] if docstring else tree.body
        pieces = [piece for statement in body for piece in _pieces(statement)]
        tables = [piece for piece in pieces if isinstance(piece, ast.expr) and _is_table(piece)]
        leftovers = [piece for piece in pieces if not _is_table(piece)]
        for piece in leftovers:
            place = self._positions.child(piece)
            self._take(_Child(place.start, (place.end[0] + 1, 0)))
        values, tail = self._values(tables, self._positions.everything())
        return CourseFile(
            docstring=docstring,
            tables=tuple(value for value in values if isinstance(value, Dict)),
            leftovers=tuple(map(self._computed, leftovers)),
            tail=tail,
        )

    def _values(self, nodes: Sequence[ast.expr], around: _Child) -> tuple[tuple[Value, ...], tuple[str, ...]]:
        """The values with their comments, and the comments behind the last."""
        values = [self._value(node) for node in nodes]
        children = [self._positions.child(node) for node in nodes]
        tail = self._assign(around, children)
        return tuple(map(_with_comments, values, children)), tail

    def _value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.List | ast.Tuple):
            items, tail = self._values(node.elts, self._positions.child(node))
            return Listing(place=self._place(node), source=self._source(node), items=items, tail=tail)
        pairs = _pairs(node)
        if pairs is not None:
            return self._dict(node, pairs)
        try:
            return Literal(place=self._place(node), source=self._source(node), value=_literal(node))
        except _NotLiteralError:
            return self._computed(node)

    def _dict(self, node: ast.expr, pairs: "Sequence[_Pair]") -> Dict:
        values = [self._value(pair.value) for pair in pairs]
        children = [self._positions.child(pair.start, pair.value) for pair in pairs]
        tail = self._assign(self._positions.child(node), children)
        entries = (
            Entry(
                key=pair.key,
                place=self._place(pair.start) if pair.start is not pair.value else value.place,
                source=("" if pair.start is not pair.value else "**") + self._positions.source(child),
                value=_with_comments(value, child),
            )
            for pair, value, child in zip(pairs, values, children, strict=True)
        )
        return Dict(place=self._place(node), source=self._source(node), entries=tuple(entries), tail=tail)

    def _computed(self, node: ast.AST) -> Computed:
        return Computed(place=self._place(node), source=self._source(node))

    def _assign(self, around: _Child, children: Sequence[_Child]) -> tuple[str, ...]:
        """Hands the comments inside `around` to the children they speak of; returns those behind all of them."""
        starts = [child.start for child in children]
        tail: list[str] = []
        for comment in self._take(around):
            following = bisect_left(starts, comment.at)
            before = children[following - 1] if following else None
            if before and (not comment.stands_alone or comment.at < before.end):
                before.comments.append(comment.text)
            else:
                (children[following].comments if following < len(children) else tail).append(comment.text)
        return tuple(tail)

    def _take(self, around: _Child) -> list[Comment]:
        """The comments inside `around` that nothing inside it has taken."""
        first = bisect_left(self._comments, around.start, key=lambda comment: comment.at)
        last = bisect_left(self._comments, around.end, key=lambda comment: comment.at)
        found = [comment for comment in self._comments[first:last] if comment.at not in self._taken]
        self._taken |= {comment.at for comment in found}
        return found

    def _place(self, node: ast.AST) -> Place:
        child = self._positions.child(node)
        length = child.end[1] - child.start[1] if child.end[0] == child.start[0] else 1
        return Place(child.start[0], child.start[1] + 1, max(length, 1))

    def _source(self, node: ast.AST) -> str:
        return self._positions.source(self._positions.child(node))


class _Positions:
    """Where nodes stand. ast counts the bytes of UTF-8, people count characters."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._byte_ends: dict[int, list[int]] = {}

    def everything(self) -> _Child:
        return _Child((0, 0), (len(self._lines) + 1, 0))

    def child(self, first: ast.AST, last: ast.AST | None = None) -> _Child:
        """From the start of `first` to the end of `last`, or of `first` itself."""
        start = (getattr(first, "lineno", 1), getattr(first, "col_offset", 0))
        end = (getattr(last or first, "end_lineno", 1), getattr(last or first, "end_col_offset", 0))
        return _Child(self._in_characters(*start), self._in_characters(*end))

    def source(self, child: _Child) -> str:
        (line, column), (end_line, end_column) = child.start, child.end
        lines = list(self._lines[line - 1 : end_line])
        lines[-1] = lines[-1][:end_column]
        lines[0] = lines[0][column:]
        return "\n".join(lines)

    def _in_characters(self, line: int, offset: int) -> _Position:
        text = self._lines[line - 1]
        if text.isascii():
            return line, offset
        if line not in self._byte_ends:
            self._byte_ends[line] = list(accumulate(len(character.encode()) for character in text))
        return line, bisect_left(self._byte_ends[line], offset + 1)


def _with_comments(value: Value, child: _Child) -> Value:
    return replace(value, comments=tuple(child.comments))


def _pieces(statement: ast.stmt) -> Iterator[ast.AST]:
    """The tables of a statement, each for itself, or the statement; nothing for imports."""
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass):
        return
    value = statement.value if isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign) else None
    candidates = list(_candidates(value)) if value else []
    is_name = not isinstance(statement, ast.Assign) or all(isinstance(name, ast.Name) for name in statement.targets)
    yield from candidates if is_name and any(map(_is_table, candidates)) else [statement]


def _candidates(value: ast.expr) -> Iterator[ast.expr]:
    """What may be a table in an expression: itself, the items of a list, the values of a dict."""
    pairs = _pairs(value)
    if _is_table(value):
        yield value
    elif isinstance(value, ast.List | ast.Tuple):
        yield from value.elts
    elif pairs is not None:
        yield from (pair.value for pair in pairs)


def _is_table(node: ast.AST) -> bool:
    pairs = _pairs(node)
    return pairs is not None and any(pair.key in TABLE_KEYS for pair in pairs)


@dataclass(frozen=True, slots=True)
class _Pair:
    """An entry of a dict: where it starts, its key if that is text, its value."""

    start: ast.AST
    key: str
    value: ast.expr


def _pairs(node: ast.AST) -> list[_Pair] | None:
    """The entries of `{...}` and of `dict(...)`; None for anything else."""
    if isinstance(node, ast.Dict):
        return [_Pair(key or value, _key(key), value) for key, value in zip(node.keys, node.values, strict=True)]
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict"
    if isinstance(node, ast.Call) and is_call and not node.args:
        return [_Pair(keyword, keyword.arg or "", keyword.value) for keyword in node.keywords]
    return None


def _key(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


class _NotLiteralError(Exception):
    """Only Python itself could know the value."""


def _literal(node: ast.expr) -> str | int | float | bool | None:
    match node:
        case ast.Constant(value=str() | bool() | int() | float() | None as value):
            return value
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=ast.Constant(value=int() | float() as number)):
            return -number if isinstance(sign, ast.USub) else number
        case ast.JoinedStr(values=pieces) if all(isinstance(piece, ast.Constant) for piece in pieces):
            return "".join(str(piece.value) for piece in pieces if isinstance(piece, ast.Constant))
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            first, second = _literal(left), _literal(right)
            if isinstance(first, str) and isinstance(second, str):
                return first + second
    raise _NotLiteralError
