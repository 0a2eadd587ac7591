"""What values can do in dbt's templates: they give something, and change nothing but a list of one's own."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Function = Callable[..., Any]


def shown(value: Any) -> str:
    """As it stands in SQL."""
    return "" if value is None else str(value)


def method_of(value: Any, key: str) -> Function | None:
    """The methods of texts, lists and mappings that give something and change nothing but a list of one's own."""
    if key not in _METHODS.get(type(value).__name__, ()):
        return None
    method: Function = getattr(value, key)
    return (lambda: [list(pair) for pair in value.items()]) if key == "items" else method


PREFIXES: Final = ("postgres__", "default__")
_METHODS: Final[Mapping[str, tuple[str, ...]]] = {
    "str": ("upper", "lower", "strip", "replace", "split", "startswith", "endswith", "join", "title"),
    "list": ("append", "extend"),
    "dict": ("items", "keys", "values", "get"),
}
COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda left, right: bool(left == right),
    "ne": lambda left, right: bool(left != right),
    "lt": lambda left, right: bool(left < right),
    "lteq": lambda left, right: bool(left <= right),
    "gt": lambda left, right: bool(left > right),
    "gteq": lambda left, right: bool(left >= right),
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
FILTERS: Final[Mapping[str, Function]] = {
    "trim": lambda value: str(value).strip(),
    "upper": lambda value: str(value).upper(),
    "lower": lambda value: str(value).lower(),
    "replace": lambda value, old, new: str(value).replace(old, new),
    "string": str,
    "int": int,
    "as_number": lambda value: value,
    "as_text": str,
    "as_bool": lambda value: value,
    "length": len,
    "list": list,
    "first": lambda value: value[0],
    "last": lambda value: value[-1],
    "join": lambda value, separator="": separator.join(map(shown, value)),
    "default": lambda value, other="": other if value is None else value,
}
