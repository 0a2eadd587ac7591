"""What dbt is asked for on its command line, which holds nothing secret."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from summary_tables.dbt.project_folder import ProjectFolder
from summary_tables.model.dbt_project import DbtSelection


def build_command(
    program: Path, wanted: DbtSelection, folder: ProjectFolder, workspace: Path, again: Sequence[str] = ()
) -> list[str]:
    """`dbt build`. `again`: the names of all that an earlier try left to do; empty: all that is wanted."""
    select = again or wanted.select
    return [
        *_begin(program, "build"),
        *_shared(wanted, folder, workspace),
        "--threads",
        str(wanted.threads),
        *_list("--select", select),
        *_list("--exclude", wanted.exclude),
    ]


def freshness_command(program: Path, wanted: DbtSelection, folder: ProjectFolder, workspace: Path) -> list[str]:
    """`dbt source freshness`, of all sources: what is selected are models."""
    return [*_begin(program, "source", "freshness"), *_shared(wanted, folder, workspace)]


def parse_command(program: Path, wanted: DbtSelection, folder: ProjectFolder, profiles: Path) -> list[str]:
    """`dbt parse`, which writes the manifest where lint and Airflow look for it."""
    paths = ("--target-path", folder.manifest.parent.name, "--log-path", str(profiles / "logs"))
    return [*_begin(program, "parse"), *_named(wanted, folder, profiles), *paths]


def _begin(program: Path, *command: str) -> list[str]:
    return [str(program), "--log-format", "json", "--log-level-file", "none", "--no-use-colors", *command]


def _shared(wanted: DbtSelection, folder: ProjectFolder, workspace: Path) -> Iterator[str]:
    yield from _named(wanted, folder, workspace)
    yield from ("--target-path", str(workspace / "target"), "--log-path", str(workspace / "logs"))


def _named(wanted: DbtSelection, folder: ProjectFolder, profiles: Path) -> Iterator[str]:
    yield from ("--project-dir", ".", "--profiles-dir", str(profiles))
    yield from ("--profile", folder.profile, "--target", wanted.target)
    if wanted.vars:
        yield from ("--vars", json.dumps(_plain(wanted.vars), ensure_ascii=False))


def _plain(value: object) -> object:
    """Numbers as they were written stay numbers."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _list(option: str, words: Sequence[str]) -> Iterator[str]:
    if words:
        yield option
        yield from words
