"""Compose's `$NAME` and `${NAME...}` in values.

The rules: https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md (without nested expressions).
"""

import re
from collections.abc import Callable, Mapping

Environment = Mapping[str, str]

_EXPRESSION = re.compile(
    r"\$(?:(?P<escaped>\$)|(?P<named>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?:(?P<operator>:?[-+?])(?P<text>[^{}$]*))?\})"
    r"|(?P<invalid>\$)",
    re.ASCII,
)


class MissingVariableError(Exception):
    """A `${name:?message}` without a value."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


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
    return _EXPRESSION.sub(lambda match: _replacement(match, environment), text)


def variables(value: object) -> set[str]:
    """The names of all variables that the strings in `value` use."""
    if isinstance(value, str):
        return {match["named"] or match["braced"] for match in _EXPRESSION.finditer(value)} - {None}
    if isinstance(value, dict):
        value = list(value.values())
    return set().union(*map(variables, value)) if isinstance(value, list) else set()


def _replacement(match: re.Match[str], environment: Environment) -> str:
    if match["escaped"]:
        return "$"
    if match["invalid"]:
        raise ValueError(f"a $ that begins no expression (write $$): {match.string!r}")
    name = match["named"] or match["braced"]
    operator = match["operator"] or ""
    value = environment.get(name)
    has_value = bool(value) if operator.startswith(":") else value is not None
    return _OPERATORS[operator[-1:]](name, (value or "") if has_value else None, match["text"] or "")


def _required(name: str, value: str | None, message: str) -> str:
    if value is None:
        raise MissingVariableError(name, message)
    return value


_OPERATORS: dict[str, Callable[[str, str | None, str], str]] = {
    "": lambda _name, value, _text: value or "",
    "-": lambda _name, value, text: text if value is None else value,
    "+": lambda _name, value, text: "" if value is None else text,
    "?": _required,
}
