"""Compose's `$NAME` and `${NAME...}` in values.

The rules: https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Environment = Mapping[str, str]

_START = re.compile(
    r"\$(?:(?P<escaped>\$)|(?P<named>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?P<operator>:?[-+?]|(?=\})))", re.ASCII
)
_BRACE = re.compile(r"\$\$|\$\{|\}")


class MissingVariableError(Exception):
    """A `${name:?message}` without a value."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expression:
    """`text` is what stands behind the operator; it may hold expressions itself."""

    name: str
    operator: str = ""
    text: str = ""


def interpolate(value: object, environment: Environment) -> object:
    """`value` with all expressions replaced in the strings within; keys stay as they are.

    Raises MissingVariableError, and ValueError for a `$` that begins no expression.
    """
    if isinstance(value, str):
        return interpolate_text(value, environment)
    if isinstance(value, list):
        return [interpolate(item, environment) for item in value]
    if isinstance(value, dict):
        return {key: interpolate(item, environment) for key, item in value.items()}
    return value


def interpolate_text(text: str, environment: Environment) -> str:
    """The same for one string."""
    return "".join(part if isinstance(part, str) else _replacement(part, environment) for part in _parts(text))


def variables(value: object) -> set[str]:
    """The names of all variables that the strings in `value` use."""
    if isinstance(value, str):
        found = [part for part in _parts(value) if not isinstance(part, str)]
        return {part.name for part in found}.union(*(variables(part.text) for part in found))
    if isinstance(value, dict):
        value = list(value.values())
    return set().union(*map(variables, value)) if isinstance(value, list) else set()


def _parts(text: str) -> Iterator[str | _Expression]:
    """Plain text and the outermost expressions, in turn."""
    start = 0
    while (dollar := text.find("$", start)) >= 0:
        yield text[start:dollar]
        match = _START.match(text, dollar)
        if match is None:
            raise ValueError(f"a $ that begins no expression (write $$): {text!r}")
        start = match.end()
        if match["escaped"]:
            yield "$"
        elif match["named"]:
            yield _Expression(name=match["named"])
        else:
            end = _closing_brace(text, start)
            yield _Expression(name=match["braced"], operator=match["operator"], text=text[start:end])
            start = end + 1
    yield text[start:]


def _closing_brace(text: str, start: int) -> int:
    depth = 1
    for match in _BRACE.finditer(text, start):
        depth += {"${": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
    raise ValueError(f"a ${{ that does not end: {text!r}")


def _replacement(part: _Expression, environment: Environment) -> str:
    value = environment.get(part.name)
    has_value = bool(value) if part.operator.startswith(":") else value is not None
    return _OPERATORS[part.operator[-1:]](part, (value or "") if has_value else None, environment)


def _required(part: _Expression, value: str | None, environment: Environment) -> str:
    if value is None:
        raise MissingVariableError(part.name, interpolate_text(part.text, environment))
    return value


_OPERATORS: dict[str, Callable[[_Expression, str | None, Environment], str]] = {
    "": lambda _part, value, _environment: value or "",
    "-": lambda part, value, environment: interpolate_text(part.text, environment) if value is None else value,
    "+": lambda part, value, environment: "" if value is None else interpolate_text(part.text, environment),
    "?": _required,
}
