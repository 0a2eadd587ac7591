"""Where in a table's file something stands, for those who know the config and no longer the file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from summary_tables.configs.check_places import check_paths
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.failure import Failure

_CELLS = ("csv", "google_sheet")
"""Of a table that no query fills, the key that says what does."""


def line_of_failure(path: Path, failure: Failure | None) -> int:
    """The line, from 1, in the file at `path`; 0 where no line can be named or the file cannot be read."""
    if failure is None or (failure.check_index is None and failure.step != "create"):
        return 0
    document = yaml_document.read(path)
    if not isinstance(document, YamlDocument) or not isinstance(document.data, dict):
        return 0
    return document.place_of_key(_yaml_path(failure, document.data))[0]


def place_of_value(path: Path, yaml_path: YamlPath) -> tuple[int, int]:
    """Line and column, from 1, of a value in the file at `path`; zeros where the file does not set its first key."""
    document = yaml_document.read(path)
    if isinstance(document, YamlDocument) and isinstance(document.data, dict) and yaml_path[0] in document.data:
        return document.place_of_value(yaml_path)
    return 0, 0


def _yaml_path(failure: Failure, data: Mapping[str, Any]) -> YamlPath:
    if failure.check_index is None or failure.step not in ("input_check", "output_check"):
        if cells := next((key for key in _CELLS if key in data), ""):
            return (cells,)
        return ("columns",) if failure.details and "columns" in data else ("main_sql",)
    paths = check_paths(data, failure.step)
    # The file may have changed since: what stands in its place is near at least.
    return paths[failure.check_index] if failure.check_index < len(paths) else (failure.step, failure.check_index)
