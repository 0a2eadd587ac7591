"""A compiled validator, many times as fast as jsonschema; it is believed only where it says yes."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from summary_tables.configs.schema_files import SchemaName, whole_schema


def is_surely_valid(data: dict[Any, Any], schema: SchemaName) -> bool:
    """The schema allows `data`. False means nothing: ask `validator`."""
    try:
        return _compiled(schema)(data)
    except ValueError:  # a number that remembers its spelling, which has a type of its own
        return False


@cache
def _compiled(schema: SchemaName) -> Callable[[Any], bool]:
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError:  # it is no part of the smallest installation: slower, otherwise the same
        return lambda _: False
    compiled = Draft202012Validator(whole_schema(schema), validate_formats=True, keywords={"pattern": _Pattern})
    is_valid: Callable[[Any], bool] = compiled.is_valid
    return is_valid


class _Pattern:
    """The keyword `pattern` by Python's rules: other engines mean other characters by `\\w` and `\\s`."""

    def __init__(self, _schema: object, pattern: str, _path: object) -> None:
        self._pattern = re.compile(pattern)

    def validate(self, instance: object) -> None:
        """Raises ValueError where a text does not have it."""
        if isinstance(instance, str) and not self._pattern.search(instance):
            raise ValueError(instance)
