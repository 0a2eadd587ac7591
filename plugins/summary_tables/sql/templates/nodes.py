"""What a template says, as records. `start` and `end` are offsets in the SQL."""

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Node):
    value: str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Node):
    """A list, `[1, 2]` or `(1, 2)`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Node):
    """`of.name`; `name_start` is where the name stands."""

    of: Node
    name: str
    name_start: int

    @property
    def dotted(self) -> str:
        """The names and dots as they are written; empty where something else is among them."""
        if isinstance(self.of, Name):
            return f"{self.of.name}.{self.name}"
        before = self.of.dotted if isinstance(self.of, Attribute) else ""
        return f"{before}.{self.name}" if before else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Node):
    """`of[index]`."""

    of: Node
    index: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Node):
    """`of[first:last]`."""

    of: Node
    first: Node | None
    last: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What stands between the parentheses of a call."""

    values: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    function: Node
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    """`of | name(...)`."""

    of: Node
    name: str
    name_start: int
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Test(Node):
    """`of is name(...)`, or `is not`."""

    of: Node
    name: str
    name_start: int
    arguments: Arguments
    is_negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary(Node):
    """`sign` is `-`, `+` or `not`."""

    sign: str
    of: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(Node):
    """`sign` is one of `+ - * / // % ~`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Node):
    """`a < b <= c`; a sign may be `in` and `not in`."""

    first: Node
    others: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic(Node):
    """`sign` is `and` or `or`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Node):
    """`yes if condition else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """SQL that is copied."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """`{{ value }}`, from `start` up to `end`."""

    start: int
    end: int
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """`{% set names = value %}`, and with a `body` in place of the value `{% set name %}...{% endset %}`."""

    start: int
    end: int
    names: tuple[str, ...]
    value: Node | None = None
    body: tuple["Statement", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class If:
    """`branches` are those of `if` and `elif`, with their conditions."""

    start: int
    end: int
    branches: tuple[tuple[Node, tuple["Statement", ...]], ...]
    otherwise: tuple["Statement", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """`{% for names in values if condition %}`; `otherwise` is for a list without items."""

    start: int
    end: int
    names: tuple[str, ...]
    values: Node
    condition: Node | None
    body: tuple["Statement", ...]
    otherwise: tuple["Statement", ...]


Statement = Text | Output | Set | If | For


def every_node(part: object) -> Iterator[Node]:
    """All parts of all expressions in a statement, an expression or a tuple of these."""
    if isinstance(part, Node):
        yield part
    if isinstance(part, tuple):
        for each in part:
            yield from every_node(each)
    elif isinstance(part, Node | Arguments | Output | Set | If | For):
        for field in fields(part):
            yield from every_node(getattr(part, field.name))


def every_statement(body: tuple[Statement, ...]) -> Iterator[Statement]:
    """All statements of `body`, also those within others."""
    for statement in body:
        yield statement
        if isinstance(statement, Set | For):
            yield from every_statement(statement.body)
        if isinstance(statement, If | For):
            yield from every_statement(statement.otherwise)
        if isinstance(statement, If):
            for _, branch in statement.branches:
                yield from every_statement(branch)


def names_given(body: tuple[Statement, ...]) -> Iterator[str]:
    """The names that `set` and `for` give to values, anywhere in `body`."""
    for statement in every_statement(body):
        if isinstance(statement, Set | For):
            yield from statement.names
