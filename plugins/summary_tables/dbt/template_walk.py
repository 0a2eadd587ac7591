"""A walk through a template of dbt as Jinja's parser read it: no expression, macro or filter of anybody is executed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from summary_tables.dbt.not_understood import NotUnderstood, NotUnderstoodError, Refused, spelt, unknown
from summary_tables.dbt.template_parser import TemplateError, nodes, parsed_macro
from summary_tables.dbt.template_steps import Steps
from summary_tables.dbt.template_values import (
    COMPARISONS,
    FILTERS,
    PREFIXES,
    TESTS,
    Function,
    bounded,
    method_of,
    product,
    written,
)


class ReturnError(Exception):
    """Ends a macro by `return(...)`; `value` is what it gives."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


@dataclass(slots=True, kw_only=True)
class Walk:
    """One template, or one macro that it calls: `names` are its own, `steps` those of all together.

    Raises NotUnderstoodError for what is not known here, and whatever Python raises where people do things with values
    that these do not know.
    """

    names: dict[str, Any]
    macro: Callable[[str], str | None]
    steps: Steps = field(default_factory=Steps)

    def text(self, body: list[nodes.Node]) -> str:
        """What the parts of a template become."""
        return "".join(self.steps.made(piece, node) for node in body for piece in self._pieces(node))

    def _pieces(self, node: nodes.Node) -> Iterator[str]:
        self.steps.take(node)
        match node:
            case nodes.Output(nodes=inner):
                yield from (
                    each.data if isinstance(each, nodes.TemplateData) else self._written(each) for each in inner
                )
            case nodes.If():
                branch = next((each for each in (node, *node.elif_) if self.value(each.test)), None)
                yield self.text(branch.body if branch else node.else_)
            case nodes.For():
                yield from self._loop(node)
            case nodes.Assign(target=nodes.Name(name=name)):
                self.names[name] = self.value(node.node)
            case nodes.AssignBlock(target=nodes.Name(name=name), filter=None):
                self.names[name] = self.text(node.body)
            case nodes.ExprStmt():
                self.value(node.node)
            case _:
                raise unknown(node)

    def _written(self, node: nodes.Node) -> str:
        value = self.value(node)
        text: str = self._reckoned(node, lambda: written(value))
        return text

    def _loop(self, node: nodes.For) -> Iterator[str]:
        if node.test is not None or node.recursive:
            raise unknown(node)
        items = self.value(node.iter)
        if not isinstance(items, list | tuple | range):
            raise unknown(node)
        before, listed = self.names, list(items)
        for index, item in enumerate(listed):
            # What is set in a loop is gone with the next round, as in Jinja.
            self.names = dict(before)
            self._unpack(node.target, item)
            self.names["loop"] = {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == len(listed) - 1,
                "length": len(listed),
            }
            yield self.text(node.body)
        self.names = before
        if not listed:
            yield self.text(node.else_)

    def _unpack(self, target: nodes.Node, item: Any) -> None:
        if isinstance(target, nodes.Name):
            self.names[target.name] = item
        elif isinstance(target, nodes.Tuple) and isinstance(item, list | tuple) and len(item) == len(target.items):
            for inner, value in zip(target.items, item, strict=True):
                self._unpack(inner, value)
        else:
            raise unknown(target)

    def value(self, node: Any) -> Any:
        """What an expression is: one of Jinja's nodes."""
        found = self._value(node)
        if isinstance(found, NotUnderstood):
            # A config that only dbt knows, at which somebody's macro looks.
            raise NotUnderstoodError(found.what, node.lineno)
        return found

    def _value(self, node: Any) -> Any:
        self.steps.take(node)
        match node:
            case nodes.Const(value=constant):
                return self._reckoned(node, lambda: bounded(constant))
            case nodes.TemplateData(data=data):
                return data
            case nodes.Name(name=name):
                return self._named(name, node)
            case nodes.List(items=items):
                return self._reckoned(node, lambda: bounded([self.value(item) for item in items]))
            case nodes.Tuple(items=items):
                return self._reckoned(node, lambda: bounded(tuple(self.value(item) for item in items)))
            case nodes.Dict(items=pairs):
                return self._reckoned(
                    node, lambda: bounded({self.value(pair.key): self.value(pair.value) for pair in pairs})
                )
            case nodes.Not(node=inner):
                return not self.value(inner)
            case nodes.And(left=left, right=right):
                return self.value(left) and self.value(right)
            case nodes.Or(left=left, right=right):
                return self.value(left) or self.value(right)
            case nodes.CondExpr(test=test, expr1=first, expr2=second):
                return self.value(first) if self.value(test) else self.value(second) if second else ""
            case nodes.Neg() | nodes.Concat() | nodes.Add() | nodes.Sub() | nodes.Mul():
                return self._reckoned(node, lambda: bounded(self._operation(node)))
            case nodes.Compare():
                return self._comparison(node)
            case nodes.Test():
                return self._test(node)
            case nodes.Filter():
                return self._filtered(node)
            case nodes.Getattr(node=inner, attr=key):
                return self._part(self.value(inner), key, node)
            case nodes.Getitem(node=inner, arg=nodes.Slice() as part):
                return self._slice(self.value(inner), part)
            case nodes.Getitem(node=inner, arg=argument):
                return self._part(self.value(inner), self.value(argument), node)
            case nodes.Call():
                return self._call(node)
        raise unknown(node)

    def _operation(self, node: nodes.Node) -> Any:
        match node:
            case nodes.Neg(node=inner):
                return -self.value(inner)
            case nodes.Concat(nodes=inner):
                return self.steps.made("".join(written(self.value(each)) for each in inner), node)
            case nodes.Add(left=left, right=right):
                return self.steps.made(self.value(left) + self.value(right), node)
            case nodes.Sub(left=left, right=right):
                return self.value(left) - self.value(right)
            case nodes.Mul(left=left, right=right):
                return product(self.value(left), self.value(right))
        raise unknown(node)

    def _reckoned(self, node: nodes.Node, reckon: Callable[[], Any]) -> Any:
        try:
            return reckon()
        except (TypeError, OverflowError):
            raise unknown(node) from None

    def _named(self, name: str, node: nodes.Node) -> Any:
        if name in self.names:
            return self.names[name]
        raise NotUnderstoodError(f"`{name}`", node.lineno)

    def _comparison(self, node: nodes.Compare) -> bool:
        left = self.value(node.expr)
        for operand in node.ops:
            right = self.value(operand.expr)
            if not self._holds(node, operand.op, left, right):
                return False
            left = right
        return True

    def _holds(self, node: nodes.Node, operator: str, left: Any, right: Any) -> bool:
        found: bool = self._reckoned(node, lambda: COMPARISONS[operator](bounded(left), bounded(right)))
        return found

    def _test(self, node: nodes.Test) -> bool:
        if node.name in ("defined", "undefined") and isinstance(node.node, nodes.Name):
            return (node.node.name in self.names) is (node.name == "defined")
        if node.name not in TESTS:
            raise unknown(node)
        return TESTS[node.name](self.value(node.node))

    def _filtered(self, node: nodes.Filter) -> Any:
        if node.node is None:
            raise unknown(node)
        value, arguments = self.value(node.node), [self.value(each) for each in node.args]
        known = FILTERS.get(node.name)
        if known is None or node.kwargs:
            raise NotUnderstoodError(f"the filter `{node.name}`", node.lineno)
        return self.steps.made(self._reckoned(node, lambda: known(value, *arguments)), node)

    def _part(self, value: Any, key: Any, node: nodes.Node) -> Any:
        if isinstance(value, Mapping) and key in value:
            return value[key]
        if isinstance(value, list | tuple) and isinstance(key, int) and -len(value) <= key < len(value):
            return value[key]
        if isinstance(value, str | list | dict) and isinstance(key, str) and (method := method_of(value, key)):
            return method
        raise NotUnderstoodError(f"`{spelt(node)}`", node.lineno)

    def _slice(self, value: Any, node: nodes.Slice) -> Any:
        bounds = [self.value(each) if each else None for each in (node.start, node.stop, node.step)]
        if not isinstance(value, str | list | tuple):
            raise unknown(node)
        return self.steps.made(self._reckoned(node, lambda: value[slice(*bounds)]), node)

    def _call(self, node: nodes.Call) -> Any:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise unknown(node)
        called = spelt(node.node)
        function = self._function(node.node, called)
        arguments = [self.value(each) for each in node.args]
        named = {each.key: self.value(each.value) for each in node.kwargs}
        if called == "return" and function is None:
            raise ReturnError(arguments[0] if arguments else None)
        try:
            if callable(function):
                return self.steps.made(function(*arguments, **named), node)
            return self._expanded(called, arguments, named, node.lineno)
        except Refused as refused:
            raise NotUnderstoodError(refused.what, node.lineno) from None
        except (TypeError, ValueError, OverflowError):
            raise NotUnderstoodError(f"`{called}(...)`", node.lineno) from None

    def _function(self, node: nodes.Node, called: str) -> Function | None:
        """None: a macro, or `return`."""
        if called == "adapter.dispatch":
            return self._dispatch
        if isinstance(node, nodes.Name) and callable(self.names.get(node.name)):
            return cast(Function, self.names[node.name])
        if called == "return" or self.macro(called) is not None:
            return None
        found = self.value(node)
        return found if callable(found) else None

    def _dispatch(self, name: str, package: str = "") -> Function:
        """The macro of that name for PostgreSQL, else the one for all."""
        for called in (
            f"{start}{prefix}{name}" for prefix in PREFIXES for start in (f"{package}." * bool(package), "")
        ):
            if self.macro(called) is not None:
                return lambda *arguments, **named: self._expanded(called, list(arguments), named, 1)
        raise Refused(f"the macro `{name}`")

    def _expanded(self, called: str, arguments: list[Any], named: dict[str, Any], line: int) -> Any:
        body = self.macro(called)
        if body is None:
            raise NotUnderstoodError(f"`{called}(...)`", line)
        try:
            found = parsed_macro(body)
            if found is None:
                raise NotUnderstoodError(f"the macro `{called}`", line)
            return self._body(found, arguments, named)
        except (TemplateError, NotUnderstoodError) as error:
            inner = f", which needs {error.reason.what}" if isinstance(error, NotUnderstoodError) else ""
            raise NotUnderstoodError(f"the macro `{called}`{inner.partition(', which')[0]}", line) from None

    def _body(self, macro: nodes.Macro, arguments: list[Any], named: dict[str, Any]) -> Any:
        names = [each.name for each in macro.args]
        inner = Walk(names=dict(self.names), macro=self.macro, steps=self.steps)
        without = names[: len(names) - len(macro.defaults)]
        for name, default in zip(names[len(without) :], macro.defaults, strict=True):
            inner.names[name] = inner.value(default)
        inner.names |= dict(zip(names, arguments, strict=False)) | named
        if len(arguments) > len(names) or any(name not in named for name in without[len(arguments) :]):
            raise unknown(macro)
        try:
            return inner.text(macro.body)
        except ReturnError as returned:
            return returned.value
