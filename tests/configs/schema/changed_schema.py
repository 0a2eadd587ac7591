"""A schema file as it may be tomorrow, for all that read schemas."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from summary_tables.configs import schema_files
from summary_tables.configs.schema_files import SchemaName, load_schema


@contextmanager
def changed_schema(name: SchemaName, change: Callable[[dict[str, Any]], None], folder: Path) -> Iterator[None]:
    """Inside, `schemas/<name>.schema.json` says what `change` makes of it. `folder` is one to write to."""
    changed = load_schema(name)
    change(changed)
    schemas = shutil.copytree(schema_files.SCHEMAS, folder / "schemas")
    (schemas / f"{name}.schema.json").write_text(json.dumps(changed), "utf-8")
    try:
        with patch.object(schema_files, "SCHEMAS", schemas):
            _forget()
            yield
    finally:
        _forget()


def _forget() -> None:
    """What has been read of the schemas so far."""
    readers = [module for name, module in sys.modules.items() if name.startswith("summary_tables.configs.schema")]
    for found in (value for module in readers for value in vars(module).values()):
        if hasattr(found, "cache_clear"):
            found.cache_clear()
