"""What values can do in dbt's templates: they give something, and change nothing but a list of one's own."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

Function = Callable[..., Any]


def method_of(value: Any, key: str) -> Function | None:
    """The methods of texts, lists and mappings that give something and change nothing but a list of one's own."""
    if key not in _METHODS.get(type(value).__name__, ()):
        return None
    if key in _OWN:
        return partial(_OWN[key], value)
    method: Function = getattr(value, key)
    return method


def bounded(value: Any) -> Any:
    """`value` as it is. Raises OverflowError for a number, or for lists in lists, with too much in them to be printed.

    What a list has several times counts each time.
    """
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise OverflowError
    waiting, items, characters = [value], _MOST_ITEMS, MOST_CHARACTERS
    while waiting:
        part = waiting.pop()
        inner = [*part, *part.values()] if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
        items -= len(inner)
        characters -= sum(len(each) for each in inner if isinstance(each, str))
        if items < 0 or characters < 0:
            raise OverflowError
        waiting += [each for each in inner if isinstance(each, list | tuple | dict)]
    return value


def written(value: Any) -> str:
    """`value` as a template prints it. Raises OverflowError, as above: a list may have grown since it was made."""
    return str(bounded(value))


_MOST_ITEMS: Final = 20_000
_MOST_BITS: Final = 1000


def product(left: Any, right: Any) -> Any:
    """Of numbers. Raises TypeError for a text or a list, which may become one of any size."""
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        raise TypeError
    return left * right


def _appended(value: list[Any], item: Any) -> None:
    value.append(item)
    if isinstance(item, list | tuple | dict):
        bounded(value)


def _extended(value: list[Any], more: Any) -> None:
    value += bounded(list(more))
    bounded(value)


def _pairs(value: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return list(value.items())


MOST_CHARACTERS: Final = 5_000_000
"""Of one text, and of all texts that a template makes: no SQL of people is as long."""


def _replaced(value: str, old: str, new: str) -> str:
    """Raises OverflowError for a text that nobody means: each call may make one of any size."""
    if len(value) + value.count(old) * len(new) > MOST_CHARACTERS:
        raise OverflowError
    return value.replace(old, new)


def _joined(separator: str, values: list[Any]) -> str:
    texts = [written(value) for value in values]
    if sum(map(len, texts)) + len(texts) * len(separator) > MOST_CHARACTERS:
        raise OverflowError
    return separator.join(texts)


_OWN: Final[Mapping[str, Function]] = {
    "items": _pairs,
    "replace": _replaced,
    "join": _joined,
    "append": _appended,
    "extend": _extended,
}
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
    "trim": lambda value: written(value).strip(),
    "upper": lambda value: written(value).upper(),
    "lower": lambda value: written(value).lower(),
    "replace": lambda value, old, new: _replaced(written(value), old, new),
    "string": written,
    "int": int,
    "as_number": lambda value: value,
    "as_text": written,
    "as_bool": lambda value: value,
    "length": len,
    "list": list,
    "first": lambda value: value[0],
    "last": lambda value: value[-1],
    "join": lambda value, separator="": _joined(separator, value),
    "default": lambda value, other="", of_nothing=False: other if of_nothing and not value else value,
}
TESTS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "none": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "iterable": lambda value: isinstance(value, list | tuple | str | dict),
    "mapping": lambda value: isinstance(value, dict),
}
