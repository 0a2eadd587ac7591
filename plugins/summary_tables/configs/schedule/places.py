"""Where a table's file says when it is built."""

from collections.abc import Iterator, Mapping
from typing import Any

from summary_tables.configs.yaml.document import YamlPath
from summary_tables.model.parents import Parent
from summary_tables.model.table import Schedule

_AFTER: YamlPath = ("schedule", "after")


def parent_paths(schedule: Schedule) -> Iterator[tuple[Parent, YamlPath]]:
    """What the table waits for, each with its place."""
    items = (*_AFTER, "any") if schedule.any_of else _AFTER
    yield from ((parent, (*items, index)) for index, parent in enumerate(schedule.after))


def table_paths(schedule: Schedule) -> Iterator[tuple[str, YamlPath]]:
    """The summary tables that it waits for, each with its place."""
    yield from ((parent, path) for parent, path in parent_paths(schedule) if isinstance(parent, str))


def cron_path(data: Mapping[str, Any]) -> YamlPath:
    """The place of its times; `data` is what the file says itself."""
    return ("schedule", "at") if isinstance(data.get("schedule"), dict) else ("schedule",)
