"""The files of a dbt project, which others wrote: none of them may hold up, fill or end the process that reads it.

Links are followed: `dbt deps` puts packages there as links.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

MOST_BYTES: Final = 5_000_000
_MOST_LEVELS: Final = 200
_MOST_VALUES: Final = 200_000
_LONGEST_NUMBER: Final = 1000

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml: slower, otherwise the same
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]  # both satisfy what is used here


class _Loader(_SafeLoader):
    """YAML as dbt reads it; only what no warehouse takes for a number is a text."""


def _whole_number(loader: _SafeLoader, node: yaml.ScalarNode) -> object:
    """`1:30` is ninety, and a number of so many parts takes hours; Python writes none of more than 4,300 digits."""
    is_long = len(node.value) > _LONGEST_NUMBER
    return loader.construct_scalar(node) if is_long else loader.construct_yaml_int(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def content(path: Path, most: int = MOST_BYTES) -> bytes:
    """What stands in the file. Raises OSError, also where it is a pipe, a device or larger than `most`."""
    with open(path, "rb", opener=_opened) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is a pipe or a device")
        found = file.read(most + 1)
    if len(found) > most:
        raise OSError(0, f"it is larger than {most // 1_000_000} MB")
    return found


def _opened(path: str, flags: int) -> int:
    """Without O_NONBLOCK a named pipe would wait for somebody who writes to it."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)


def yaml_mapping(path: Path) -> Mapping[str, Any]:
    """What a YAML file says; empty where there is none, or it cannot be read, of which dbt speaks."""
    try:
        return mapping_of(content(path))
    except OSError:
        return {}


def mapping_of(text: bytes | str) -> Mapping[str, Any]:
    """The same of what stands in it."""
    try:
        _require_small(text)
        found = yaml.load(text, _Loader)
    except (ValueError, OverflowError, RecursionError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _require_small(text: bytes | str) -> None:
    """Raises OverflowError for values that nobody means.

    The loader goes down by calling itself, in C, which ends the whole process where it is too deep. What an alias
    repeats counts each time: whoever prints or merges it has all of it.
    """
    open_ones: list[tuple[str | None, int]] = [(None, 0)]
    sizes: dict[str | None, int] = {}
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((event.anchor, 1))
        elif isinstance(event, yaml.CollectionEndEvent | yaml.NodeEvent):
            anchor, size = open_ones.pop() if isinstance(event, yaml.CollectionEndEvent) else (event.anchor, 1)
            size = sizes.get(anchor, _MOST_VALUES + 1) if isinstance(event, yaml.AliasEvent) else size
            sizes[anchor] = size
            open_ones[-1] = (open_ones[-1][0], open_ones[-1][1] + size)
        if len(open_ones) > _MOST_LEVELS or open_ones[-1][1] > _MOST_VALUES:
            raise OverflowError
