"""What of dbt's templates only dbt knows, as it is said to people."""

from dataclasses import dataclass
from typing import Final

from summary_tables.dbt.template_parser import nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """What of a template only dbt knows: `what` names it, `line` counts from 1."""

    what: str
    line: int


class NotUnderstoodError(Exception):
    """Ends the reading of a template; `reason` is the value that its reader gets."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.reason = NotUnderstood(what=what, line=line)


@dataclass(frozen=True, slots=True)
class Refused(Exception):  # noqa: N818 - a value that functions of a scope raise
    """A function of the scope does not know what it was asked; `what` names it."""

    what: str


def unknown(node: nodes.Node) -> NotUnderstoodError:
    """Of a part of a template that has no name of its own."""
    kind = type(node).__name__
    return NotUnderstoodError(f"`{_WRITTEN.get(kind, f'{{% {kind.lower()} %}}')}`", node.lineno)


_WRITTEN: Final = {
    "CallBlock": "{% call %}",
    "FilterBlock": "{% filter %}",
    "AssignBlock": "{% set %}",
    "FromImport": "{% from %}",
    "Mul": "*",
    "Div": "/",
    "FloorDiv": "//",
    "Mod": "%",
    "Pow": "**",
    "Slice": "[:]",
}
"""What Jinja calls otherwise than people write it."""


def spelt(node: nodes.Node) -> str:
    """A name, attribute or call as people write it, without its arguments."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=key):
            return f"{spelt(inner)}.{key}"
        case nodes.Call(node=inner):
            return f"{spelt(inner)}(...)"
        case nodes.Getitem(node=inner):
            return f"{spelt(inner)}[...]"
    return type(node).__name__.lower()
