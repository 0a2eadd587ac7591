"""dbt, in a process of its own: it parses and compiles a project, and is never imported.

The project is compiled in a folder of links to it, beside a macro of ours: without it dbt would ask the warehouse which
tables are there, and leave out what only a run that adds rows has.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import yaml

from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.model.problem import Problem

_SECONDS: Final = 900
_NOT_LINKED: Final = frozenset({"target", "logs", "dbt_project.yml"})
_MACROS: Final = "summary_tables_macros"
_IS_INCREMENTAL: Final = """\
{% macro is_incremental() -%}
  {{ return(model.config.materialized == 'incremental' and not flags.FULL_REFRESH) }}
{%- endmacro %}
"""
_MOST_REFUSED: Final = 50
_OF_ONE: Final = re.compile(r"\bin (?:model|test|snapshot|analysis|unit_test|seed) (?P<name>\w+) \(")
_QUIET: Final = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "DO_NOT_TRACK": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """`manifest` has what a full build runs, `increments` the SQL of a run that adds rows, by unique id.

    `refused` has what dbt said of models and tests that it could not compile, by their names.
    """

    manifest: Manifest
    increments: Mapping[str, str]
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtError:
    """Why dbt gave nothing, in its own words."""

    said: str


def found_program(named: str, folder: Path) -> str:
    """The dbt that was named, else the one on the path, else that of the repository in which `folder` stands."""
    own = folder.absolute().parent / "dbt_environment" / ".venv" / "bin" / "dbt"
    return named or shutil.which("dbt") or (str(own) if own.is_file() else "")


def compiled(program: str, project: Path, *, target: str, schema: str) -> Compiled | DbtError:
    """What dbt makes of the project. `schema` is where tables stand if nobody has a profile for it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = _linked(project, folder)
        profile, has_warehouse = _profile_options(project, folder, settings, schema)
        dbt = _Dbt(program=program, folder=folder, options=(*profile, *(("--target", target) if target else ())))
        refused = _compile(dbt, ("--full-refresh",), has_warehouse=has_warehouse)
        manifest = dbt.manifest()
        if isinstance(refused, DbtError) or not isinstance(manifest, Manifest):
            return refused if isinstance(refused, DbtError) else DbtError(said=str(manifest))
        return Compiled(manifest=manifest, increments=_increments(dbt, manifest, refused), refused=refused)


def _linked(project: Path, folder: Path) -> Mapping[str, Any]:
    for entry in project.absolute().iterdir():
        if entry.name not in _NOT_LINKED:
            (folder / entry.name).symlink_to(entry)
    settings = project_settings(project)
    macros = settings.get("macro-paths")
    paths = macros if isinstance(macros, list) else ["macros"]
    (folder / "dbt_project.yml").write_text(
        json.dumps({"profile": "default", **settings, "macro-paths": [*paths, _MACROS]}), "utf-8"
    )
    (folder / _MACROS).mkdir()
    (folder / _MACROS / "is_incremental.sql").write_text(_IS_INCREMENTAL, "utf-8")
    return settings


def project_settings(project: Path) -> Mapping[str, Any]:
    """What `dbt_project.yml` says; nothing where it cannot be read, of which dbt speaks."""
    try:
        found = yaml.safe_load((project / "dbt_project.yml").read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _profile_options(
    project: Path, folder: Path, settings: Mapping[str, Any], schema: str
) -> tuple[tuple[str, ...], bool]:
    """Where the profile is: beside the project, where people keep it, or one of ours, which leads to no warehouse."""
    home = os.environ.get("DBT_PROFILES_DIR")
    for place in (project, *([Path(home)] if home else []), Path.home() / ".dbt"):
        if (place / "profiles.yml").is_file():
            return ("--profiles-dir", str(place.absolute())), True
    nowhere = {"type": "postgres", "host": "localhost", "port": 1, "user": "nobody", "password": ""}
    output = {**nowhere, "dbname": "warehouse", "schema": schema, "threads": 1}
    profile = {str(settings.get("profile") or "default"): {"target": "prod", "outputs": {"prod": output}}}
    place = folder / "summary_tables_profile"
    place.mkdir()
    (place / "profiles.yml").write_text(json.dumps(profile), "utf-8")
    return ("--profiles-dir", str(place)), False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dbt:
    program: str
    folder: Path
    options: tuple[str, ...]

    def compile(self, *chosen: str, asks_warehouse: bool = False) -> str:
        """What dbt said where it failed; empty: it did not."""
        introspect = () if asks_warehouse else ("--no-introspect",)
        command = [
            self.program,
            "--no-use-colors",
            "compile",
            "--no-populate-cache",
            *introspect,
            *self.options,
            *chosen,
        ]
        try:
            done = subprocess.run(
                [*command, "--target-path", "target", "--log-path", "logs"],
                cwd=self.folder,
                env={**os.environ, **_QUIET},
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except OSError as error:
            return f"{self.program} cannot be started: {error.strerror}"
        except subprocess.TimeoutExpired:
            return f"dbt took longer than {_SECONDS // 60} minutes"
        return "" if done.returncode == 0 else (done.stdout + done.stderr).replace(str(self.folder), ".").strip()

    def manifest(self) -> Manifest | Problem:
        return read_manifest(self.folder / "target" / "manifest.json")


def _compile(dbt: _Dbt, chosen: tuple[str, ...], *, has_warehouse: bool) -> dict[str, str] | DbtError:
    """What dbt refused, by name. It stops at the first that it cannot compile: then it is asked for the others.

    Those that ask the warehouse while they are compiled are asked for last, where there is one.
    """
    refused: dict[str, str] = {}
    while said := dbt.compile(*chosen, *(word for name in refused for word in ("--exclude", name))):
        found = _OF_ONE.search(said)
        if found is None or found["name"] in refused or len(refused) >= _MOST_REFUSED:
            return DbtError(said=said)
        refused[found["name"]] = _reason(said, found.end())
    if refused and has_warehouse and not dbt.compile(*chosen, asks_warehouse=True):
        return {}
    return refused


def _reason(said: str, start: int) -> str:
    """The first line that dbt says of it."""
    if "connection never acquired" in said:
        return "it asks the warehouse while it is compiled"
    lines = (line.strip() for line in said[start:].splitlines()[1:])
    return next((line for line in lines if line and not line.startswith(">")), "")


def _increments(dbt: _Dbt, manifest: Manifest, refused: Mapping[str, str]) -> Mapping[str, str]:
    if not any(model.materialized == "incremental" for model in manifest.models):
        return {}
    chosen = ("--select", "config.materialized:incremental")
    left = _compile(dbt, (*chosen, *(word for name in refused for word in ("--exclude", name))), has_warehouse=False)
    found = dbt.manifest()
    if isinstance(left, DbtError) or not isinstance(found, Manifest):
        return {}
    return {model.unique_id: model.compiled_code for model in found.models if model.materialized == "incremental"}
