"""What the calls of a function are given where a template reaches them: conditions count, and what is set before.

A call that only dbt knows to be reached gives values that only dbt knows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from summary_tables.dbt.not_understood import NotUnderstood, spelt
from summary_tables.dbt.template_parser import TemplateError, nodes, parsed

_LONGEST: Final = 200_000
_UNKNOWN: Final = NotUnderstood(what="a condition", line=1)


@lru_cache(maxsize=2_000)
def reached_in(code: str) -> tuple[nodes.Node, ...] | None:
    """The parts of a template in which conditions decide; None: it has none of them, or is none."""
    if "{%" not in code or len(code) > _LONGEST:
        return None
    try:
        return tuple(parsed(code))
    except (TemplateError, RecursionError):
        return None


def given_by_name(
    called: str, body: Iterable[nodes.Node], names: dict[str, Any], known: Callable[[nodes.Node], Any]
) -> Mapping[str, Any]:
    """By name, what all calls of `called` that `body` reaches are given, the last one of a name.

    `known` says what an expression is, with `names`, to which is added what `body` sets.
    """
    found = _Calls(called=called, names=names, known=known)
    found.read(body, is_certain=True)
    return found.given


@dataclass(slots=True, kw_only=True)
class _Calls:
    called: str
    names: dict[str, Any]
    known: Callable[[nodes.Node], Any]
    given: dict[str, Any] = field(default_factory=dict)

    def read(self, body: Iterable[nodes.Node], *, is_certain: bool) -> None:
        for node in body:
            self._part(node, is_certain)

    def _part(self, node: nodes.Node, is_certain: bool) -> None:
        match node:
            case nodes.Output(nodes=inner):
                for each in inner:
                    self._call(each, is_certain)
            case nodes.ExprStmt(node=inner):
                self._call(inner, is_certain)
            case nodes.If():
                self._branches(node, is_certain)
            case nodes.Assign(target=nodes.Name(name=name), node=value):
                self._set(name, self.known(value) if is_certain else _UNKNOWN)
            case nodes.AssignBlock(target=nodes.Name(name=name)):
                self._set(name, _UNKNOWN)
            case nodes.For(body=inner, else_=other):
                self.read((*inner, *other), is_certain=False)

    def _branches(self, node: nodes.If, is_certain: bool) -> None:
        for branch in (node, *node.elif_):
            answer = self.known(branch.test)
            if isinstance(answer, NotUnderstood):
                is_certain = False
                self.read(branch.body, is_certain=False)
            elif answer:
                self.read(branch.body, is_certain=is_certain)
                return
        self.read(node.else_, is_certain=is_certain)

    def _set(self, name: str, value: Any) -> None:
        if isinstance(value, NotUnderstood):
            self.names.pop(name, None)
        else:
            self.names[name] = value

    def _call(self, node: nodes.Node, is_certain: bool) -> None:
        if not isinstance(node, nodes.Call) or spelt(node.node) != self.called:
            return
        for each in (*node.args, *([node.dyn_kwargs] if node.dyn_kwargs else [])):
            pairs = _pairs(each) if isinstance(each, nodes.Dict) else None
            values = {key: self.known(value) for key, value in pairs} if pairs else self.known(each)
            self._give(values, is_certain)
        self._give({each.key: self.known(each.value) for each in node.kwargs}, is_certain)

    def _give(self, values: object, is_certain: bool) -> None:
        if isinstance(values, dict):
            self.given |= {str(key): value if is_certain else _UNKNOWN for key, value in values.items()}


def _pairs(node: nodes.Dict) -> list[tuple[str, nodes.Node]]:
    return [(str(pair.key.value), pair.value) for pair in node.items if isinstance(pair.key, nodes.Const)]
