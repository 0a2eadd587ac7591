"""Where in a table's file something stands, for those who know the config and no longer the file."""

from pathlib import Path

from summary_tables.config import shown_name
from summary_tables.failure import Failure
from summary_tables.yaml_files import yaml_document
from summary_tables.yaml_files.yaml_document import YamlDocument, YamlPath


def line_of_failure(path: Path, failure: Failure | None) -> int:
    """The line, from 1, in the file at `path`; 0 where no line can be named or the file cannot be read."""
    yaml_path = _yaml_path(failure) if failure else None
    document = yaml_document.read(path, shown_name(path)) if yaml_path else None
    return document.place_of_key(yaml_path)[0] if yaml_path and isinstance(document, YamlDocument) else 0


def place_of_value(path: Path, yaml_path: YamlPath) -> tuple[int, int]:
    """Line and column, from 1, of a value in the file at `path`; zeros where the file does not set its first key."""
    document = yaml_document.read(path, shown_name(path))
    if isinstance(document, YamlDocument) and isinstance(document.data, dict) and yaml_path[0] in document.data:
        return document.place_of_value(yaml_path)
    return 0, 0


def _yaml_path(failure: Failure) -> YamlPath | None:
    if failure.check_index is not None:
        return (failure.step, failure.check_index)
    return ("main_sql",) if failure.step == "create" else None
