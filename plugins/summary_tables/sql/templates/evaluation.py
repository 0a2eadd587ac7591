"""Walks what a template says, with the dates of a run: the text that the warehouse gets."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.templates import functions, moments, static_names
from summary_tables.sql.templates.bounds import LONGEST_LIST, LONGEST_RESULT, LONGEST_TEXT, MOST_DIGITS, MOST_WORK
from summary_tables.sql.templates.error import TemplateError, TooMuchWorkError, quote, template_error
from summary_tables.sql.templates.functions import TooLongError, kind_in_words
from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.nodes import (
    Arguments,
    Attribute,
    Binary,
    Call,
    Choice,
    Comparison,
    Constant,
    Filter,
    For,
    If,
    Item,
    Items,
    Logic,
    Name,
    Node,
    Output,
    Part,
    Set,
    Statement,
    Test,
    Text,
    Unary,
)


class Fragment(NamedTuple):
    """Text of the result, and the `length` characters at `start` of the SQL that it is copied from or stands for."""

    text: str
    start: int
    length: int
    is_copied: bool


_SIGNS: Mapping[str, Callable[[Any, Any], object]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SUMS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
LOOP_NAMES = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
_KINDS = (str, bool, int, float, datetime, date, timedelta, list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unknown:
    """The value of a name whose expression has a mistake, which has been said."""


class _AlreadySaidError(Exception):
    """An expression needs a value that could not be made."""


class Evaluation:
    """One run through a template. `errors`: what is wrong in it; a run stops at the first, a trial goes on.

    A trial also visits the branches that the dates do not lead to: what goes wrong there whatever the dates is wrong.
    """

    def __init__(self, sql: str, dates: Mapping[str, object], *, is_trial: bool = False) -> None:
        self._sql = sql
        self._is_trial = is_trial
        self._work = 0
        self._size = 0
        self._scopes: list[dict[str, object]] = [{}]
        self._is_taken = True
        for name in DATE_NAMES:
            value = dates[name]
            self._scopes[0][name] = moments.plain(value) if isinstance(value, datetime) else str(value)
        self.errors: list[TemplateError] = []

    def run(self, body: Sequence[Statement]) -> Iterator[Fragment]:
        """What `body` becomes. Raises `TemplateError`, but in a trial."""
        for statement in body:
            try:
                yield from self._statement(statement)
            except _AlreadySaidError:
                pass
            except TooMuchWorkError:
                raise
            except TemplateError as error:
                if not self._is_trial:
                    raise
                if self._is_taken or not error.depends_on_values:
                    self.errors.append(error)
                if isinstance(statement, Set):
                    self._scopes[-1].update(dict.fromkeys(statement.names, _Unknown()))

    def _statement(self, statement: Statement) -> Iterator[Fragment]:
        match statement:
            case Text(start=start, end=end):
                yield self._fragment(statement, self._sql[start:end], is_copied=True)
            case Output():
                yield self._fragment(statement, self._shown(statement.value), is_copied=False)
            case Set():
                self._set(statement)
            case If():
                yield from self._if(statement)
            case For():
                yield from self._for(statement)

    def _fragment(self, statement: Text | Output, text: str, *, is_copied: bool) -> Fragment:
        self._size += len(text)
        self._count(statement, 1)
        if self._size > LONGEST_RESULT:
            raise _too_much(statement, f"the query would have more than {LONGEST_RESULT:,} characters")
        return Fragment(text, statement.start, statement.end - statement.start, is_copied)

    def _shown(self, node: Node) -> str:
        value = self.value(node)
        try:
            return functions.shown(value)
        except TypeError:
            fix = "write what stands between its items: `... | join(', ')`" if isinstance(value, list) else ""
            if isinstance(value, timedelta):
                fix = "write `(...).days` around it for its days"
            raise self._error(node, f"{kind_in_words(value)} cannot stand in SQL", fix) from None

    def _set(self, statement: Set) -> None:
        if statement.value is None:
            with self._scope({}):
                text = "".join(fragment.text for fragment in self.run(statement.body))
            self._scopes[-1][statement.names[0]] = text
            self._size -= len(text)
            return
        self._scopes[-1].update(self._bound(statement.names, self.value(statement.value), statement.value))

    def _bound(self, names: tuple[str, ...], value: object, node: Node) -> dict[str, object]:
        if len(names) == 1:
            return {names[0]: value}
        if not isinstance(value, list) or len(value) != len(names):
            raise self._error(node, f"{len(names)} names need a list of {len(names)} values")
        return dict(zip(names, value, strict=True))

    def _if(self, statement: If) -> Iterator[Fragment]:
        is_found = False
        for condition, body in statement.branches:
            if is_found and not self._is_trial:
                return
            with self._branch(taken=not is_found):
                holds = bool(self._tried(condition))
            yield from self._body(body, taken=holds and not is_found)
            is_found = is_found or holds
        yield from self._body(statement.otherwise, taken=not is_found)

    def _body(self, body: Sequence[Statement], *, taken: bool) -> Iterator[Fragment]:
        if taken or self._is_trial:
            with self._branch(taken=taken):
                yield from self.run(body)

    @contextmanager
    def _branch(self, *, taken: bool) -> Iterator[None]:
        """In a branch that is not taken, names keep what they were."""
        before, kept = self._is_taken, dict(self._scopes[-1])
        self._is_taken = before and taken
        try:
            yield
        finally:
            self._is_taken = before
            if not taken:
                self._scopes[-1] = kept

    @contextmanager
    def _scope(self, names: dict[str, object]) -> Iterator[None]:
        self._scopes.append(names)
        try:
            yield
        finally:
            self._scopes.pop()

    def _for(self, statement: For) -> Iterator[Fragment]:
        items = self.value(statement.values)
        if not isinstance(items, list):
            raise self._error(statement.values, f"`for` needs a list; this is {kind_in_words(items)}")
        chosen = [item for item in items if self._is_chosen(statement, item)]
        for index, item in enumerate(chosen):
            self._count(statement.values, 1)
            names = {**self._bound(statement.names, item, statement.values), **_loop(index, len(chosen))}
            with self._scope(names):
                yield from self.run(statement.body)
        if not chosen:
            yield from self._body(statement.otherwise, taken=True)

    def _is_chosen(self, statement: For, item: object) -> bool:
        if statement.condition is None:
            return True
        with self._scope(self._bound(statement.names, item, statement.values)):
            return bool(self.value(statement.condition))

    def value(self, node: Node) -> object:
        """What an expression stands for. Raises `TemplateError`."""
        try:
            found = self._value(node)
        except TooLongError:
            message = f"this would be longer than {LONGEST_TEXT:,} characters or {LONGEST_LIST:,} items"
            raise self._error(node, message, depends_on_values=True) from None
        except (ArithmeticError, ValueError, LookupError):
            raise self._error(
                node, "this cannot be worked out with the dates of a run", depends_on_values=True
            ) from None
        if isinstance(found, _Unknown):
            raise _AlreadySaidError
        self._count(node, 1 + (len(found) // 100 if isinstance(found, str | list) else 0))
        if isinstance(found, str | list) and len(found) > (LONGEST_TEXT if isinstance(found, str) else LONGEST_LIST):
            message = f"this would be longer than {LONGEST_TEXT:,} characters or {LONGEST_LIST:,} items"
            raise self._error(node, message, depends_on_values=True)
        if isinstance(found, int | float) and abs(found) >= 10**MOST_DIGITS:
            raise self._error(node, f"this number would have more than {MOST_DIGITS} digits", depends_on_values=True)
        return found

    def _count(self, node: Node | Text | Output, work: int) -> None:
        self._work += work
        if self._work > MOST_WORK:
            raise _too_much(node, "the template takes too long: its loops go round too often")

    def _value(self, node: Node) -> object:
        match node:
            case Constant(value=value):
                return value
            case Items(items=items):
                return [self.value(item) for item in items]
            case Name(name=name):
                return self._named(node, name)
            case Attribute():
                return self._attribute(node)
            case Item():
                return self._item(node)
            case Part():
                return self._part(node)
            case Call():
                return self._call(node)
            case Filter():
                values = [self.value(node.of)]
                return self._called(node, node.name, functions.FILTERS[node.name], values, node.arguments)
            case Test():
                values = [self.value(node.of)]
                found = self._called(node, node.name, functions.TESTS[node.name], values, node.arguments)
                return bool(found) != node.is_negated
            case Unary():
                return self._unary(node)
            case Binary():
                return self._binary(node)
            case Comparison():
                return self._comparison(node)
            case Logic():
                return self._logic(node)
            case Choice():
                return self._choice(node)
        raise AssertionError(node)

    def _named(self, node: Node, name: str) -> object:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        if name in static_names.CALLED:
            raise self._error(node, f"`{name}` is called with values", f"write e.g. `{functions.EXAMPLES[name]}`")
        raise self._error(node, f"`{name}` has no value here: `set` stands elsewhere", depends_on_values=True)

    def _attribute(self, node: Attribute) -> object:
        dotted = node.dotted
        if dotted.startswith("loop.") and dotted.count(".") == 1:
            return self._of_loop(node)
        if dotted in functions.FUNCTIONS:
            raise self._error(
                node, f"`{dotted}` is called with values", f"write e.g. `{functions.EXAMPLES[node.name]}`"
            )
        owner = self.value(node.of)
        found = functions.attributes(owner).get(node.name)
        if found:
            return self._checked(found(owner))
        if node.name in functions.methods(owner):
            example = functions.EXAMPLES.get(node.name)
            fix = f"write e.g. `{example}`" if example else f"write `{self._written(node)}()`"
            raise self._error(node, f"`{node.name}` is called with parentheses", fix)
        raise self._no_attribute(node, owner)

    def _of_loop(self, node: Attribute) -> object:
        if node.name not in LOOP_NAMES:
            names = ", ".join(f"`loop.{name}`" for name in LOOP_NAMES)
            raise self._error(node, f"`loop` has no `{node.name}`", f"there are {names}")
        for scope in reversed(self._scopes):
            if node.dotted in scope:
                return scope[node.dotted]
        raise self._error(node, "`loop` means something between `{% for ... %}` and `{% endfor %}` only")

    def _no_attribute(self, node: Attribute, owner: object) -> TemplateError:
        written = self._written(node.of)
        fix = ""
        if isinstance(node.of, Name) and node.of.name in DATE_NAMES and isinstance(owner, str):
            moment = self._scopes[0]["data_interval_start"]
            if node.name in functions.attributes(moment) or node.name in functions.methods(moment):
                fix = f"write `data_interval_start.{node.name}` if a date is meant"
        known = sorted({*functions.attributes(owner), *functions.methods(owner)})
        fix = fix or (f"it has {', '.join(f'`{name}`' for name in known)}" if known else "")
        message = f"`{written}` is {kind_in_words(owner)} and has no `{node.name}`"
        return template_error(node.start, node.end, message, fix)

    def _call(self, node: Call) -> object:
        function = node.function
        name = function.dotted if isinstance(function, Attribute) else getattr(function, "name", "")
        if name in functions.FUNCTIONS:
            return self._called(node, name.rpartition(".")[2], functions.FUNCTIONS[name], [], node.arguments)
        if not isinstance(function, Attribute):
            raise self._error(node, f"`{self._written(function)}` cannot be called")
        owner = self.value(function.of)
        found = functions.methods(owner).get(function.name)
        if not found and function.name in functions.attributes(owner):
            raise self._error(node, f"`{self._written(function)}` stands without parentheses")
        if not found:
            raise self._no_attribute(function, owner)
        return self._called(node, function.name, found, [owner], node.arguments)

    def _called(
        self, node: Node, name: str, function: Callable[..., object], values: list[object], arguments: Arguments
    ) -> object:
        values = [*values, *map(self.value, arguments.values)]
        named = {key: self.value(value) for key, value in arguments.named}
        try:
            return self._checked(function(*values, **named))
        except (TypeError, AttributeError):
            example = functions.EXAMPLES.get(name)
            given = " and ".join(kind_in_words(value) for value in (*values, *named.values())) or "nothing"
            fix = f"write e.g. `{example}`" if example else ""
            raise self._error(node, f"`{name}` can make nothing of {given}", fix) from None

    def _checked(self, value: object) -> object:
        if type(value) not in _KINDS:
            raise TypeError
        return value

    def _item(self, node: Item) -> object:
        owner, index = self.value(node.of), self.value(node.index)
        if not isinstance(owner, str | list) or type(index) is not int:
            raise self._error(node, f"{kind_in_words(owner)} has no item {self._written(node.index)}")
        return owner[index]

    def _part(self, node: Part) -> object:
        owner = self.value(node.of)
        first, last = (None if end is None else self.value(end) for end in (node.first, node.last))
        if isinstance(owner, str | list) and isinstance(first, int | None) and isinstance(last, int | None):
            return owner[first:last]
        raise self._error(node, f"{kind_in_words(owner)} has no such part")

    def _unary(self, node: Unary) -> object:
        value = self.value(node.of)
        if node.sign == "not":
            return not value
        if type(value) in (int, float, timedelta):
            return -value if node.sign == "-" else value  # type: ignore[operator]  # see above
        raise self._error(node, f"{kind_in_words(value)} has no `{node.sign}`")

    def _binary(self, node: Binary) -> object:
        left, right = self.value(node.left), self.value(node.right)
        if node.sign == "~":
            return self._joined(node, left, right)
        if type(left) in (int, float) and type(right) in (int, float):
            return _SUMS[node.sign](left, right)  # type: ignore[arg-type]  # both are numbers
        if node.sign == "+" and isinstance(left, str | list) and type(left) is type(right):
            return left + right  # type: ignore[operator]  # two texts, or two lists
        if node.sign in ("+", "-"):
            found = _later(left, right, node.sign)
            if found is not None:
                return found
        if node.sign == "*" and isinstance(left, timedelta) and type(right) is int:
            return left * right
        raise self._no_sum(node, left, right)

    def _joined(self, node: Binary, left: object, right: object) -> str:
        try:
            return functions.shown(left) + functions.shown(right)
        except TypeError:
            message = f"{kind_in_words(left)} and {kind_in_words(right)} make no text"
            raise self._error(node, message) from None

    def _no_sum(self, node: Binary, left: object, right: object) -> TemplateError:
        is_name = isinstance(node.left, Name) and node.left.name in DATE_NAMES
        if node.sign in ("+", "-") and isinstance(right, int) and (isinstance(left, date) or is_name):
            return self._no_days(node, left, right)
        signs = f"`{node.sign}` means nothing between {kind_in_words(left)} and {kind_in_words(right)}"
        return self._error(node, signs)

    def _no_days(self, node: Binary, left: object, days: int) -> TemplateError:
        """`ds - 7` and `data_interval_start - 7`."""
        written = self._written(node.left)
        method = f"{'subtract' if node.sign == '-' else 'add'}(days={days})"
        if isinstance(left, date):
            done = "subtracted from" if node.sign == "-" else "added to"
            message = f"`{written}` is {kind_in_words(left)}; the number {days} cannot be {done} it"
            owner = written if isinstance(node.left, Name | Attribute | Call) else f"({written})"
            return self._error(node, message, f"write `{owner}.{method}` if days are meant")
        fix = f"write `logical_date.{method} | {written}` if days are meant"
        if written == "ds":
            moved = days if node.sign == "+" else -days
            fix = f"write `macros.ds_add(ds, {moved})` for {abs(days)} days {'later' if moved > 0 else 'before'}"
        return self._error(node, f"`{written}` is a text; no days can be added to it", fix)

    def _comparison(self, node: Comparison) -> object:
        left, holds = self.value(node.first), True
        for sign, other in node.others:
            right = self.value(other)
            holds = holds and self._compared(node, sign, left, right)
            left = right
        return holds

    def _compared(self, node: Node, sign: str, left: object, right: object) -> bool:
        try:
            if sign in ("in", "not in"):
                return functions.contains(right, left) == (sign == "in")
            if isinstance(left, list) and isinstance(right, list):
                raise TypeError  # see `contains`
            return bool(_SIGNS[sign](moments.comparable(left), moments.comparable(right)))
        except TypeError:
            message = f"{kind_in_words(left)} and {kind_in_words(right)} cannot be compared by `{sign}`"
            raise self._error(node, message) from None

    def _logic(self, node: Logic) -> object:
        left = self.value(node.left)
        if not self._is_trial and bool(left) == (node.sign == "or"):
            return left
        with self._branch(taken=bool(left) == (node.sign == "and")):
            right = self._tried(node.right)
        return left if bool(left) == (node.sign == "or") else right

    def _choice(self, node: Choice) -> object:
        holds = bool(self.value(node.condition))
        if self._is_trial:
            with self._branch(taken=False):
                self._tried(node.no if holds else node.yes)
        return self.value(node.yes if holds else node.no)

    def _tried(self, node: Node) -> object:
        """The value of a part that is not needed may depend on dates that would lead here."""
        try:
            return self.value(node)
        except TemplateError as error:
            if self._is_taken or not error.depends_on_values:
                raise
            return ""

    def _written(self, node: Node) -> str:
        return quote(self._sql, node.start, node.end)

    def _error(self, node: Node, message: str, fix: str = "", *, depends_on_values: bool = False) -> TemplateError:
        return template_error(node.start, node.end, message, fix, depends_on_values=depends_on_values)


def _too_much(part: Node | Text | Output, message: str) -> TooMuchWorkError:
    return TooMuchWorkError(Finding(place=Span(part.start, max(part.end - part.start, 1)), message=message))


def _later(left: object, right: object, sign: str) -> object:
    """A moment and a span of time, or two of a kind; None for all else."""
    if isinstance(right, timedelta) and isinstance(left, timedelta):
        return left + right if sign == "+" else left - right
    if isinstance(right, timedelta) and isinstance(left, date):
        return moments.moved(left, right if sign == "+" else -right)
    if isinstance(left, timedelta) and isinstance(right, date) and sign == "+":
        return moments.moved(right, left)
    if isinstance(left, date) and isinstance(right, date) and sign == "-" and type(left) is type(right):
        return moments.difference(left, right) if _have_zones(left) == _have_zones(right) else None
    return None


def _have_zones(moment: date) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None


def _loop(index: int, length: int) -> dict[str, object]:
    values = (index + 1, index, index == 0, index == length - 1, length, length - index, length - index - 1)
    return {f"loop.{name}": value for name, value in zip(LOOP_NAMES, values, strict=True)}
