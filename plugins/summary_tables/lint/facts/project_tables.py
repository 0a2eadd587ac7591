"""The tables that a dbt project is known to build: those of its manifest, of which a few words are remembered.

A manifest may have 100 MB. It is read when it has changed, and never by a process that runs a task.
"""

import json
from typing import Final

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.known_good import KnownGood

_NOTE: Final = ".dbt-"


def tables_of_projects(folder: ConfigFolder) -> frozenset[str] | None:
    """Full names of what all projects of the folder build; None: one of them has no manifest that says it."""
    found: set[str] = set()
    for file in folder.projects:
        names = project_tables(file.config, folder.memory)
        if names is None:
            return None
        found |= set(names)
    return frozenset(found)


def project_tables(config: DbtConfig, memory: KnownGood | None = None) -> tuple[str, ...] | None:
    """Full names of what one builds; None where no manifest says it: a run tells of what it has built all the same."""
    try:
        found = (config.folder / "target" / "manifest.json").stat()
    except OSError:
        return None
    dbt = config.project.dbt
    stamp = [found.st_mtime_ns, found.st_size, list(dbt.select), list(dbt.exclude)]
    note = f"{_NOTE}{config.project.name}"
    if memory and (kept := _kept(memory.note(note), stamp)) is not None:
        return kept
    names = _names(config)
    if memory and names is not None:
        memory.write_note(note, json.dumps([stamp, names]).encode())
    return names


def _kept(content: bytes, stamp: list[object]) -> tuple[str, ...] | None:
    try:
        before, names = json.loads(content)
    except (ValueError, TypeError):
        return None
    return tuple(map(str, names)) if before == stamp and isinstance(names, list) else None


def _names(config: DbtConfig) -> tuple[str, ...] | None:
    # Imported here because they are rarely needed.
    from summary_tables.dbt.manifest import Manifest, read_manifest
    from summary_tables.dbt.project_folder import read_project_folder
    from summary_tables.dbt.selection import selected

    folder = read_project_folder(config.folder)
    manifest = read_manifest(folder.manifest) if folder else None
    if not isinstance(manifest, Manifest):
        return None
    wanted = selected(manifest, config.project.dbt.select, config.project.dbt.exclude)
    nodes = (node for unique_id, node in manifest.nodes.items() if wanted is None or unique_id in wanted)
    tables = {node.relation.full_name for node in nodes if node.relation.table and node.materialized != "ephemeral"}
    return tuple(sorted(tables))
