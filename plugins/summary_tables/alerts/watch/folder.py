"""The files of `dag_configs/` as one round finds them: what changed is checked, all else is known."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from summary_tables.alerts.watch.project_models import models_of
from summary_tables.configs.config import DEFAULTS_FILE, Config, from_data, paths, settings_from_data
from summary_tables.configs.dbt_config import is_dbt
from summary_tables.configs.file_content import NoContent, is_there, read_content
from summary_tables.configs.known_good import KnownGood
from summary_tables.configs.schema_files import SCHEMAS
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.full_name import OF_PROJECTS
from summary_tables.model.problem import Problem
from summary_tables.model.settings import Settings
from summary_tables.model.watched_file import WatchedFile
from summary_tables.text.visible import visible

_TIMES: Final = ("schedule", "timezone", "fresh_by", "fresh_within")
_PEOPLE: Final = ("table", "schema", "owner", "tags", "priority", "alerts", "conn_id", "export")
_MOST_PROBLEMS: Final = 10
USUAL_CONNECTION: Final = "warehouse"

Known = Mapping[str, WatchedFile]
"""By the name of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFile:
    """`problems`: one line each, in lint's words. `config`: what its last content that could be used said of times and
    people; None: there has been none."""

    file: str
    problems: tuple[str, ...]
    config: Config | None = None


@dataclass(frozen=True, kw_only=True)
class FolderLook:
    """`configs` say of the tables whose files can be used no more than times and people, by full name; `known_at`:
    since when their times are known. `broken` are by file, `files` all that
    are there. `conn_id` is the shared connection. `changed` and `gone` are
    what is to be kept of it. `is_news`: what was known of the files before could be asked, so that it is known what is
    new of them. `projects`: the dbt project of each model that one of the folder builds, as far as that is known."""

    settings: Settings
    conn_id: str
    configs: Mapping[str, Config]
    known_at: Mapping[str, datetime]
    broken: Mapping[str, BrokenFile]
    files: frozenset[str]
    changed: tuple[WatchedFile, ...] = ()
    gone: tuple[str, ...] = ()
    is_news: bool = True
    projects: Mapping[str, str] = field(default_factory=dict)


def look(folder: Path, known: Known, now: datetime, memory: KnownGood | None = None) -> FolderLook:
    """The folder as it is now. `memory` spares what Airflow found good the checks. Raises OSError."""
    files = _Files(folder)
    if files.digests == {name: file.digest for name, file in known.items()}:
        return replace(_as_known(folder, known), projects=models_of(folder, _projects(known), memory))
    found = _checked(files, known, now, memory)
    changed = tuple(file for name, file in found.items() if file != known.get(name))
    gone = tuple(known.keys() - found.keys())
    return replace(
        _as_known(folder, found), changed=changed, gone=gone, projects=models_of(folder, _projects(found), memory)
    )


def _projects(known: Known) -> Iterator[str]:
    """The names of the dbt projects whose files can be used."""
    for name, file in known.items():
        if name != DEFAULTS_FILE and not file.problems and DBT_KEY in _document(file):
            yield name.removesuffix(".yaml")


class _Files:
    """What the files hold, and a digest of each that tells one content from another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        defaults = folder / DEFAULTS_FILE
        self.contents = {_name(path): read_content(path) for path in paths(folder)}
        self.defaults = read_content(defaults) if is_there(defaults) else None
        common = _digest(*_formats(), _bytes(self.defaults))
        self.digests = {
            name: _digest(common.encode(), name.encode(), _bytes(content)) for name, content in self.contents.items()
        }
        self.digests[DEFAULTS_FILE] = common


def _name(path: Path) -> str:
    """Its name as a text that any warehouse takes: a file may be called by bytes that are none."""
    return os.fsencode(path.name).decode(errors="backslashreplace")


def _bytes(content: bytes | NoContent | None) -> bytes:
    return content if isinstance(content, bytes) else repr(content).encode()


def _formats() -> Iterator[bytes]:
    """Another release may take what this one refuses."""
    for name in ("summary_table", "defaults"):
        yield (SCHEMAS / f"{name}.schema.json").read_bytes()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:32]


def _checked(files: _Files, known: Known, now: datetime, memory: KnownGood | None) -> dict[str, WatchedFile]:
    """What is to be kept of each file."""
    # Imported here because in most rounds nothing has changed.
    from summary_tables.configs.folder import read_defaults
    from summary_tables.lint.build_check import check_folder

    defaults = read_defaults(files.folder)
    row = _of_defaults(files, known, now, defaults)
    if not isinstance(defaults, dict):
        # What the tables are without it, nobody knows: they are what they were.
        others = {name: file for name, file in known.items() if name in files.contents}
        return {**others, DEFAULTS_FILE: row}
    checked = check_folder(files.folder, memory)
    good = {_name(config.path) for config in checked.configs}
    problems: dict[str, list[Problem]] = {}
    for problem in checked.problems:
        problems.setdefault(_name(problem.path), []).append(problem)
    shared = _Shared(before=_document(known.get(DEFAULTS_FILE)), now=defaults)
    found = {
        name: _of_file(name, files, known.get(name), now, () if name in good else tuple(problems.get(name, ())), shared)
        for name in files.contents
    }
    return {**found, DEFAULTS_FILE: row}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What `defaults.yaml` said, and what it says now."""

    before: Mapping[str, Any]
    now: Mapping[str, Any]


def _document(file: WatchedFile | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.document) if file and file.document else {}
    return found


def _of_defaults(
    files: _Files, known: Known, now: datetime, found: dict[str, Any] | tuple[Problem, ...]
) -> WatchedFile:
    digest = files.digests[DEFAULTS_FILE]
    if isinstance(found, dict):
        return WatchedFile(file=DEFAULTS_FILE, digest=digest, known_at=now, document=_as_text(found))
    last = known.get(DEFAULTS_FILE) or WatchedFile(file=DEFAULTS_FILE, digest="", known_at=now)
    return replace(last, digest=digest, problems=_problems_text(found))


def _of_file(
    name: str,
    files: _Files,
    before: WatchedFile | None,
    now: datetime,
    problems: tuple[Problem, ...],
    shared: _Shared,
) -> WatchedFile:
    said = _said(name, files.contents[name])
    if problems:
        last = before or WatchedFile(file=name, digest="", known_at=now, document=_as_text(said) if said else "")
        return replace(last, digest=files.digests[name], problems=_problems_text(problems))
    times = _times(said, shared.now)
    # While it could not be used nobody could build it, and people have heard why.
    was_good = before is not None and bool(before.document) and not before.problems
    is_same = was_good and _times(_document(before), shared.before) == times
    return WatchedFile(
        file=name,
        digest=files.digests[name],
        known_at=before.known_at if before and is_same else now,
        schema=str(said.get("schema", "")),
        table=str(said.get("table", "")),
        document=_as_text(said),
    )


def _times(said: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    return {key: said.get(key, defaults.get(key)) for key in _TIMES}


def _said(name: str, content: bytes | NoContent) -> dict[str, Any]:
    """Of times and people; nothing where the file cannot be read."""
    try:
        data = yaml_document.from_content(content)
    except Exception:  # whatever is wrong with it, lint says so
        return {}
    found = data.data if not isinstance(data, tuple) and isinstance(data.data, dict) else {}
    if is_dbt(found):
        # The project is called as its incidents call it; when its tables come, the watch does not know.
        whose = {key: found[key] for key in _PEOPLE if key in found}
        return {**whose, "table": name.removesuffix(".yaml"), "schema": OF_PROJECTS, DBT_KEY: True}
    return {key: found[key] for key in (*_PEOPLE, *_TIMES) if key in found}


def _as_text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)


def _problems_text(problems: Sequence[Problem]) -> str:
    errors = [problem for problem in problems if problem.level == "error"] or problems
    lines = [" ".join(visible(line.strip()) for line in str(each).splitlines()) for each in errors[:_MOST_PROBLEMS]]
    return json.dumps(lines or ["it cannot be used"], ensure_ascii=False)


def _as_known(folder: Path, known: Known) -> FolderLook:
    defaults = _document(known.get(DEFAULTS_FILE))
    read = {name: (file, _config(folder, file, defaults)) for name, file in known.items()}
    usable = {
        config.table.full_name: (file, config)
        for file, config in read.values()
        if config and not file.problems and file.file != DEFAULTS_FILE
    }
    return FolderLook(
        settings=settings_from_data(defaults),
        conn_id=shared_connection(defaults),
        configs={name: config for name, (_, config) in usable.items()},
        known_at={name: file.known_at for name, (file, _) in usable.items()},
        broken={
            name: BrokenFile(file=name, problems=tuple(json.loads(file.problems)), config=config)
            for name, (file, config) in read.items()
            if file.problems
        },
        files=frozenset(known),
    )


def shared_connection(defaults: Mapping[str, Any]) -> str:
    """The connection of all tables that name none."""
    found = defaults.get("conn_id")
    return found if isinstance(found, str) else USUAL_CONNECTION


def _config(folder: Path, file: WatchedFile, defaults: dict[str, Any]) -> Config | None:
    """What it says of times and people; None where it has not said which table it is."""
    data = json.loads(file.document) if file.document and file.file != DEFAULTS_FILE else {}
    is_project = data.pop(DBT_KEY, False)
    if not (data.get("table") and data.get("schema")):
        return None
    try:
        return from_data(data, _without_times(defaults) if is_project else defaults, folder / file.file)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _without_times(defaults: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in defaults.items() if key not in _TIMES}
