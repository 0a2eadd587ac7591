"""By what it is seen that what is known of a dbt project may have changed."""

from dataclasses import dataclass
from pathlib import Path

from summary_tables.configs.dbt_config import DbtConfig


@dataclass(frozen=True, slots=True)
class Stamp:
    """`folder` is the project's; `changed` and `size` are of its manifest."""

    folder: Path
    changed: int
    size: int
    select: tuple[str, ...]
    exclude: tuple[str, ...]


def stamp_of(config: DbtConfig) -> Stamp | None:
    """None: the project has no manifest."""
    try:
        found = (config.folder / "target" / "manifest.json").stat()
    except OSError:
        return None
    dbt = config.project.dbt
    return Stamp(config.folder, found.st_mtime_ns, found.st_size, dbt.select, dbt.exclude)
