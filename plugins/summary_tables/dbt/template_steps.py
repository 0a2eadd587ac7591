"""How much a template may do: one that goes on without end is not understood."""

from dataclasses import dataclass
from typing import Any, Final

from summary_tables.dbt.not_understood import NotUnderstoodError
from summary_tables.dbt.template_parser import nodes
from summary_tables.dbt.template_values import MOST_CHARACTERS

_MOST: Final = 20_000


@dataclass(slots=True)
class Steps:
    """What a template and the macros that it calls may still do, and how many characters they may still make."""

    left: int = _MOST
    characters: int = 2 * MOST_CHARACTERS

    def take(self, node: nodes.Node) -> None:
        """One step. Raises NotUnderstoodError where none is left."""
        self.left -= 1
        if self.left < 0:
            raise NotUnderstoodError("a loop that does not end", node.lineno)

    def made(self, value: Any, node: nodes.Node) -> Any:
        """`value`, a new one: a text that grows by itself, again and again, must end. Raises NotUnderstoodError."""
        self.characters -= len(value) if isinstance(value, str | list | tuple) else 0
        if self.characters < 0:
            raise NotUnderstoodError("a text longer than any SQL", node.lineno)
        return value
