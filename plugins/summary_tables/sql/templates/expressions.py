"""Tokens of a template -> expressions. The grammar is Jinja's, as far as the language goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from summary_tables.sql.templates.bounds import MOST_NESTED
from summary_tables.sql.templates.error import TemplateError, template_error
from summary_tables.sql.templates.nodes import (
    Arguments,
    Attribute,
    Binary,
    Call,
    Choice,
    Comparison,
    Constant,
    Filter,
    Item,
    Items,
    Logic,
    Name,
    Node,
    Part,
    Test,
    Unary,
)
from summary_tables.sql.templates.tokens import Token, number_value, text_value

_CONSTANTS = {"true": True, "True": True, "false": False, "False": False}
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_CLOSING = {"(": ")", "[": "]"}
_WORDS = frozenset({"and", "or", "not", "in", "is", "if", "else"})


class ExpressionParser:
    """Reads tokens from left to right. Every method raises `TemplateError`."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._index = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The next one."""
        return self._tokens[self._index]

    @property
    def _last(self) -> Token:
        return self._tokens[self._index - 1]

    def take(self, *texts: str) -> bool:
        """Whether the next token is a sign or word among `texts`; then it is read."""
        is_next = self.token.kind in ("sign", "name") and self.token.text in texts
        self._index += is_next
        return is_next

    def expect(self, text: str) -> None:
        """Reads the sign or word `text`."""
        if not self.take(text):
            raise self._misplaced(f"`{text}`")

    def expect_end(self) -> None:
        """Nothing may follow."""
        if self.token.kind != "end":
            raise self._unexpected()

    def name(self) -> str:
        """Reads a name that somebody chose."""
        if self.token.kind != "name" or self.token.text in _WORDS:
            raise self._misplaced("a name")
        self._index += 1
        return self._last.text

    def names(self) -> tuple[str, ...]:
        """`a` or `a, b`, in parentheses or not."""
        in_brackets = self.take("(")
        found = [self.name()]
        while self.take(","):
            found.append(self.name())
        if in_brackets:
            self.expect(")")
        return tuple(found)

    def _unexpected(self) -> TemplateError:
        return template_error(self.token.start, self.token.end, f"unexpected `{self.token.text}`")

    def _misplaced(self, wanted: str) -> TemplateError:
        message = f"`{self.token.text}` stands where {wanted} belongs"
        return template_error(self.token.start, self.token.end, message)

    def values(self) -> Node:
        """An expression, or several with commas between them: a list."""
        first = self.expression()
        if not (self.token.kind == "sign" and self.token.text == ","):
            return first
        found = [first]
        while self.take(","):
            found.append(self.expression())
        return Items(start=first.start, end=self._last.end, items=tuple(found))

    def expression(self, *, has_choice: bool = True) -> Node:
        """One expression. `has_choice`: an `if` may follow, which else belongs to a `for`."""
        with self._level():
            found = self._or()
            if not has_choice or not self.take("if"):
                return found
            condition = self._or()
            # Without an `else` nothing stands there: `{{ ',' if not loop.last }}`.
            nothing = Constant(start=condition.end, end=condition.end, value="")
            no = self.expression() if self.take("else") else nothing
            return Choice(start=found.start, end=no.end, condition=condition, yes=found, no=no)

    @contextmanager
    def _level(self) -> Iterator[None]:
        depth = self._depth
        self._deeper()
        yield
        self._depth = depth

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise template_error(
                self.token.start, self.token.end, f"more than {MOST_NESTED} brackets and signs belong together here"
            )

    def _or(self) -> Node:
        return self._logic("or", lambda: self._logic("and", self._not))

    def _logic(self, sign: str, operand: Callable[[], Node]) -> Node:
        found = operand()
        while self.take(sign):
            self._deeper()
            right = operand()
            found = Logic(start=found.start, end=right.end, sign=sign, left=found, right=right)
        return found

    def _not(self) -> Node:
        start = self.token.start
        if not self.take("not"):
            return self._comparison()
        with self._level():
            of = self._not()
        return Unary(start=start, end=of.end, sign="not", of=of)

    def _comparison(self) -> Node:
        first = self._sum()
        others: list[tuple[str, Node]] = []
        while sign := self._comparison_sign():
            others.append((sign, self._sum()))
        return Comparison(start=first.start, end=self._last.end, first=first, others=tuple(others)) if others else first

    def _comparison_sign(self) -> str:
        if self.take(*_COMPARISONS, "in"):
            return self._last.text
        if self.token.text == "not" and self._tokens[self._index + 1 : self._index + 2] != []:
            following = self._tokens[self._index + 1]
            if (following.kind, following.text) == ("name", "in"):
                self._index += 2
                return "not in"
        return ""

    def _sum(self) -> Node:
        return self._binary(("+", "-"), self._joined)

    def _joined(self) -> Node:
        return self._binary(("~",), self._product)

    def _product(self) -> Node:
        return self._binary(("*", "/", "//", "%"), self._unary)

    def _binary(self, signs: tuple[str, ...], operand: Callable[[], Node]) -> Node:
        found = operand()
        while self.take(*signs):
            self._deeper()
            sign, right = self._last.text, operand()
            found = Binary(start=found.start, end=right.end, sign=sign, left=found, right=right)
        return found

    def _unary(self, *, with_filters: bool = True) -> Node:
        """As in Jinja, a filter behind `-x` is that of the whole."""
        start = self.token.start
        if self.take("-", "+"):
            sign = self._last.text
            with self._level():
                of = self._unary(with_filters=False)
            found: Node = Unary(start=start, end=of.end, sign=sign, of=of)
        else:
            found = self._postfix(self._primary())
        return self._filters(found) if with_filters else found

    def _primary(self) -> Node:
        token = self.token
        if token.kind == "name" and token.text not in _WORDS:
            self._index += 1
            if token.text in _CONSTANTS:
                return Constant(start=token.start, end=token.end, value=_CONSTANTS[token.text])
            return Name(start=token.start, end=token.end, name=token.text)
        if token.kind == "number":
            self._index += 1
            return Constant(start=token.start, end=token.end, value=number_value(token))
        if token.kind == "string":
            self._index += 1
            return Constant(start=token.start, end=token.end, value=text_value(token))
        if self.take("(", "["):
            return self._brackets(token)
        raise self._unexpected()

    def _brackets(self, opening: Token) -> Node:
        with self._level():
            found: list[Node] = []
            has_comma = False
            closing = _CLOSING[opening.text]
            while not self.take(closing):
                if found:
                    self.expect(",") if not has_comma else None
                found.append(self.expression())
                has_comma = self.take(",")
            if opening.text == "(" and len(found) == 1 and not has_comma:
                # With its brackets, so that whoever writes it anew leaves none behind.
                return replace(found[0], start=opening.start, end=self._last.end)
            return Items(start=opening.start, end=self._last.end, items=tuple(found))

    def _postfix(self, found: Node) -> Node:
        while self.take(".", "[", "("):
            self._deeper()
            match self._last.text:
                case ".":
                    start, name = self.token.start, self.name()
                    found = Attribute(start=found.start, end=self._last.end, of=found, name=name, name_start=start)
                case "[":
                    found = self._item(found)
                case _:
                    arguments = self._arguments()
                    found = Call(start=found.start, end=self._last.end, function=found, arguments=arguments)
        return found

    def _item(self, of: Node) -> Node:
        with self._level():
            first = None if self.token.text == ":" else self.expression()
            if self.take(":"):
                last = None if self.token.text == "]" else self.expression()
                self.expect("]")
                return Part(start=of.start, end=self._last.end, of=of, first=first, last=last)
            self.expect("]")
        if first is None:
            raise self._unexpected()
        return Item(start=of.start, end=self._last.end, of=of, index=first)

    def _arguments(self) -> Arguments:
        """Behind the `(`, up to and with the `)`."""
        values: list[Node] = []
        named: list[tuple[str, Node]] = []
        with self._level():
            while not self.take(")"):
                if values or named:
                    self.expect(",")
                following = self._tokens[min(self._index + 1, len(self._tokens) - 1)]
                if self.token.kind == "name" and (following.kind, following.text) == ("sign", "="):
                    name = self.name()
                    self.expect("=")
                    named.append((name, self.expression()))
                elif named:
                    raise self._misplaced("a value with a name")
                else:
                    values.append(self.expression())
        return Arguments(values=tuple(values), named=tuple(named))

    def _filters(self, found: Node) -> Node:
        while self.take("|", "is"):
            self._deeper()
            if self._last.text == "|":
                start, name = self.token.start, self.name()
                arguments = self._arguments() if self.take("(") else Arguments()
                end = self._last.end
                found = Filter(start=found.start, end=end, of=found, name=name, name_start=start, arguments=arguments)
            else:
                found = self._test(found)
        return found

    def _test(self, of: Node) -> Node:
        is_negated = self.take("not")
        start = self.token.start
        name = "in" if self.take("in") else self.name()
        arguments = self._arguments() if self.take("(") else Arguments()
        return Test(
            start=of.start,
            end=self._last.end,
            of=of,
            name=name,
            name_start=start,
            arguments=arguments,
            is_negated=is_negated,
        )
