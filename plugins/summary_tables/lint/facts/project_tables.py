"""The tables that a dbt project is known to build: those of its manifest, of which a few words are remembered.

A manifest may have 100 MB. It is read when it has changed, and never by a process that runs a task.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.known_good import KnownGood
from summary_tables.lint.facts.project_stamp import Stamp, stamp_of

_NOTE: Final = ".dbt-"


def tables_of_projects(folder: ConfigFolder) -> frozenset[str] | None:
    """Full names of what all projects of the folder build; None: one of them has no manifest that says it."""
    names = [project_tables(file.config, folder.memory) for file in folder.projects]
    return None if None in names else frozenset(projects_of_models(folder))


def projects_of_models(folder: ConfigFolder) -> Mapping[str, str]:
    """The name of the project that builds a table, by the table's full name, as far as manifests say it.

    Where several projects do, it is the first.
    """
    if not folder.projects:
        return {}
    return _by_table(
        tuple((file.config.project.name, project_tables(file.config, folder.memory) or ()) for file in folder.projects)
    )


@lru_cache(maxsize=8)
def _by_table(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {name: project for project, tables in reversed(names) for name in tables}


def project_tables(config: DbtConfig, memory: KnownGood | None = None) -> tuple[str, ...] | None:
    """Full names of what one builds; None where no manifest says it: a run tells of what it has built all the same."""
    stamp = stamp_of(config)
    return _remembered(stamp, config.project.name, memory) if stamp else None


@lru_cache(maxsize=32)
def _remembered(stamp: Stamp, project: str, memory: KnownGood | None) -> tuple[str, ...] | None:
    words = [stamp.changed, stamp.size, list(stamp.select), list(stamp.exclude)]
    note = f"{_NOTE}{project}"
    if memory and (kept := _kept(memory.note(note), words)) is not None:
        return kept
    names = _names(stamp)
    if memory and names is not None:
        memory.write_note(note, json.dumps([words, names]).encode())
    return names


def _kept(content: bytes, words: list[object]) -> tuple[str, ...] | None:
    try:
        before, names = json.loads(content)
    except (ValueError, TypeError):
        return None
    return tuple(map(str, names)) if before == words and isinstance(names, list) else None


def _names(stamp: Stamp) -> tuple[str, ...] | None:
    # Imported here because they are rarely needed.
    from summary_tables.lint.facts.project_models import content_at

    content = content_at(stamp)
    return None if content is None else tuple(sorted({node.relation.full_name for node in content.built}))
