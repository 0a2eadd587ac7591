"""What an expression of a template stands for, with the dates of a run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from summary_tables.sql.templates import arithmetic, functions, static_names
from summary_tables.sql.templates.bounds import LONGEST_LIST, LONGEST_TEXT, MOST_DIGITS
from summary_tables.sql.templates.error import TemplateError, quote, template_error
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
    Item,
    Items,
    Logic,
    Name,
    Node,
    Part,
    Test,
    Unary,
)
from summary_tables.sql.templates.scopes import LOOP_NAMES, Scopes
from summary_tables.sql.templates.work import Work

_KINDS = (str, bool, int, float, datetime, date, timedelta, list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The value of a name whose expression has a mistake, which has been said."""


class AlreadySaidError(Exception):
    """An expression needs a value that could not be made."""


class Values:
    """Of the expressions of one template. A trial also works out what is not needed: see `Evaluation`."""

    def __init__(self, sql: str, scopes: Scopes, work: Work, *, is_trial: bool) -> None:
        self._sql = sql
        self._scopes = scopes
        self._work = work
        self._is_trial = is_trial

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
        if isinstance(found, Unknown):
            raise AlreadySaidError
        self._work.count(node, 1 + (len(found) // 100 if isinstance(found, str | list) else 0))
        if isinstance(found, str | list) and len(found) > (LONGEST_TEXT if isinstance(found, str) else LONGEST_LIST):
            message = f"this would be longer than {LONGEST_TEXT:,} characters or {LONGEST_LIST:,} items"
            raise self._error(node, message, depends_on_values=True)
        if isinstance(found, int | float) and abs(found) >= 10**MOST_DIGITS:
            raise self._error(node, f"this number would have more than {MOST_DIGITS} digits", depends_on_values=True)
        return found

    def shown(self, node: Node) -> str:
        """The same as it stands in SQL."""
        value = self.value(node)
        try:
            return functions.shown(value)
        except TypeError:
            fix = "write what stands between its items: `... | join(', ')`" if isinstance(value, list) else ""
            if isinstance(value, timedelta):
                fix = "write `(...).days` around it for its days"
            raise self._error(node, f"{kind_in_words(value)} cannot stand in SQL", fix) from None

    def tried(self, node: Node) -> object:
        """The value of a part that is not needed may depend on dates that would lead here."""
        try:
            return self.value(node)
        except TemplateError as error:
            if self._scopes.is_taken or not error.depends_on_values:
                raise
            return ""

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
        if (found := self._scopes.find(name)) is not None:
            return found
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
        if (found := self._scopes.find(node.dotted)) is not None:
            return found
        raise self._error(node, "`loop` means something between `{% for ... %}` and `{% endfor %}` only")

    def _no_attribute(self, node: Attribute, owner: object) -> TemplateError:
        written = self._written(node.of)
        fix = ""
        if isinstance(node.of, Name) and node.of.name in DATE_NAMES and isinstance(owner, str):
            moment = self._scopes.of_run("data_interval_start")
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
        found = arithmetic.combined(node.sign, left, right)
        if found is None:
            raise arithmetic.nothing_made(self._sql, node, left, right)
        return found

    def _joined(self, node: Binary, left: object, right: object) -> str:
        try:
            return functions.shown(left) + functions.shown(right)
        except TypeError:
            message = f"{kind_in_words(left)} and {kind_in_words(right)} make no text"
            raise self._error(node, message) from None

    def _comparison(self, node: Comparison) -> object:
        left, holds = self.value(node.first), True
        for sign, other in node.others:
            right = self.value(other)
            holds = holds and self._compared(node, sign, left, right)
            left = right
        return holds

    def _compared(self, node: Node, sign: str, left: object, right: object) -> bool:
        try:
            return arithmetic.compares(sign, left, right)
        except TypeError:
            message = f"{kind_in_words(left)} and {kind_in_words(right)} cannot be compared by `{sign}`"
            raise self._error(node, message) from None

    def _logic(self, node: Logic) -> object:
        left = self.value(node.left)
        if not self._is_trial and bool(left) == (node.sign == "or"):
            return left
        with self._scopes.branch(taken=bool(left) == (node.sign == "and")):
            right = self.tried(node.right)
        return left if bool(left) == (node.sign == "or") else right

    def _choice(self, node: Choice) -> object:
        holds = bool(self.value(node.condition))
        if self._is_trial:
            with self._scopes.branch(taken=False):
                self.tried(node.no if holds else node.yes)
        return self.value(node.yes if holds else node.no)

    def _written(self, node: Node) -> str:
        return quote(self._sql, node.start, node.end)

    def _error(self, node: Node, message: str, fix: str = "", *, depends_on_values: bool = False) -> TemplateError:
        return template_error(node.start, node.end, message, fix, depends_on_values=depends_on_values)
