"""dbt, in a process of its own: it parses and compiles a project, and is never imported.

The project is compiled in a folder of links to it, beside a macro of ours: without it dbt would ask the warehouse which
tables are there, and leave out what only a run that adds rows has.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import yaml

from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.project_files import yaml_mapping
from summary_tables.dbt.project_folder import PROFILES_FILE, PROJECT_FILE
from summary_tables.model.problem import Problem
from summary_tables.runs.dbt_build.program import find_dbt

_SECONDS: Final = 900
_NOT_LINKED: Final = frozenset({"target", "logs", PROJECT_FILE})
_MACROS: Final = "summary_tables_macros"
_IS_INCREMENTAL: Final = """\
{% macro is_incremental() -%}
  {{ return(model.config.materialized == 'incremental' and not flags.FULL_REFRESH) }}
{%- endmacro %}
"""
_NOT_GIVEN: Final = "Env var required but not provided"
_TARGET: Final = "prod"
_QUIET: Final = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "DO_NOT_TRACK": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """`manifest` has what a full build runs, `increments` the SQL of a run that adds rows, by unique id.

    `refused` has what dbt said of models and tests that it could not compile, by their names.
    `has_profile`: of somebody's own, and none of ours that leads to no warehouse. `as_run`: macros were told that dbt
    runs, and not that it compiles.
    """

    manifest: Manifest
    increments: Mapping[str, str]
    refused: Mapping[str, str]
    target: str = ""
    has_profile: bool = False
    as_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtError:
    """Why dbt gave nothing, in its own words."""

    said: str


def found_program(named: str, folder: Path) -> str:
    """The dbt that was named, else the one that runs projects beside the configs in `folder`; empty: there is none."""
    return named or str(find_dbt(folder.absolute().parent) or "")


def compiled(program: str, project: Path, *, target: str, schema: str) -> Compiled | DbtError:
    """What dbt makes of the project. `schema` is where tables stand if nobody has a profile for it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = _linked(project, folder)
        found = _profile_of_people(project)
        profile = found or _profile_of_ours(folder, settings, schema, target)
        dbt = _Dbt(program=program, folder=folder, options=_options(profile, target))
        refused = dbt.compile("--full-refresh")
        has_warehouse = found is not None
        if has_warehouse and isinstance(refused, DbtError) and _NOT_GIVEN in refused.said:
            # The address of the warehouse, which is not asked, is known elsewhere only.
            has_warehouse = False
            dbt = replace(dbt, options=_options(_profile_of_ours(folder, settings, schema, target), target))
            refused = dbt.compile("--full-refresh")
        asks_warehouse = has_warehouse and not isinstance(refused, DbtError) and bool(refused)
        if asks_warehouse:
            refused = dbt.compile("--full-refresh", asks_warehouse=True)
        manifest = dbt.manifest()
        if isinstance(refused, DbtError) or not isinstance(manifest, Manifest):
            return refused if isinstance(refused, DbtError) else DbtError(said=str(manifest))
        increments = _increments(dbt, manifest, asks_warehouse=asks_warehouse)
        name = target or (_own_target(found, settings) if found and has_warehouse else _TARGET)
        return Compiled(
            manifest=manifest,
            increments=increments,
            refused=refused,
            target=name,
            has_profile=has_warehouse,
            as_run=len(_started(program)) > 1,
        )


def _linked(project: Path, folder: Path) -> Mapping[str, Any]:
    for entry in project.absolute().iterdir():
        if entry.name not in _NOT_LINKED:
            (folder / entry.name).symlink_to(entry)
    settings = project_settings(project)
    macros = settings.get("macro-paths")
    paths = macros if isinstance(macros, list) else ["macros"]
    (folder / PROJECT_FILE).write_text(
        yaml.safe_dump({"profile": "default", **settings, "macro-paths": [*paths, _MACROS]}, allow_unicode=True),
        "utf-8",
    )
    (folder / _MACROS).mkdir()
    (folder / _MACROS / "is_incremental.sql").write_text(_IS_INCREMENTAL, "utf-8")
    return settings


def project_settings(project: Path) -> Mapping[str, Any]:
    """What `dbt_project.yml` says; nothing where it cannot be read."""
    return yaml_mapping(project / PROJECT_FILE)


def _profile_of_people(project: Path) -> Path | None:
    """The folder of their `profiles.yml`: beside the project, or where people keep it."""
    home = os.environ.get("DBT_PROFILES_DIR")
    places = (project, *([Path(home)] if home else []), Path.home() / ".dbt")
    return next((place.absolute() for place in places if (place / PROFILES_FILE).is_file()), None)


def _own_target(folder: Path, settings: Mapping[str, Any]) -> str:
    """The target that their profile names; empty where only dbt can read its name."""
    try:
        name = yaml_mapping(folder / PROFILES_FILE)[str(settings.get("profile"))].get("target", "default")
    except (KeyError, AttributeError):
        return ""
    return name if isinstance(name, str) and "{" not in name else ""


def _profile_of_ours(folder: Path, settings: Mapping[str, Any], schema: str, target: str) -> Path:
    """The folder of one that leads to no warehouse."""
    nowhere = {"type": "postgres", "host": "localhost", "port": 1, "user": "nobody", "password": ""}
    output = {**nowhere, "dbname": "warehouse", "schema": schema, "threads": 1}
    name = target or _TARGET
    profile = {str(settings.get("profile") or "default"): {"target": name, "outputs": {name: output}}}
    place = folder / "summary_tables_profile"
    place.mkdir()
    (place / PROFILES_FILE).write_text(json.dumps(profile), "utf-8")
    return place


def _options(profile: Path, target: str) -> tuple[str, ...]:
    return ("--profiles-dir", str(profile), *(("--target", target) if target else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dbt:
    program: str
    folder: Path
    options: tuple[str, ...]

    def compile(self, *chosen: str, asks_warehouse: bool = False) -> dict[str, str] | DbtError:
        """What dbt could not compile: its reasons by name. An error where it has compiled nothing."""
        introspect = () if asks_warehouse else ("--no-introspect",)
        options = ("--no-use-colors", "compile", "--no-populate-cache", *introspect, *self.options, *chosen)
        results = self.folder / "target" / "run_results.json"
        results.unlink(missing_ok=True)
        try:
            done = subprocess.run(
                [*_started(self.program), *options, "--target-path", "target", "--log-path", "logs"],
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
            return DbtError(said=f"{self.program} cannot be started: {error.strerror}")
        except subprocess.TimeoutExpired:
            return DbtError(said=f"dbt took longer than {_SECONDS // 60} minutes")
        said = (done.stdout + done.stderr).replace(str(self.folder), ".").strip()
        refused = _refused(results)
        return DbtError(said=said) if refused is None or (done.returncode and not refused) else refused

    def manifest(self) -> Manifest | Problem:
        return read_manifest(self.folder / "target" / "manifest.json")


def _started(program: str) -> tuple[str, ...]:
    """Where dbt's own Python stands beside it: dbt that goes on behind a model which it cannot compile.

    To macros that ask what dbt is doing it says that it runs: what they give then is what stands in the tables.
    """
    python = Path(program).resolve().parent / "python"
    if python.is_file():
        return (str(python), "-c", _TO_THE_END)
    return (program,)


_TO_THE_END: Final = """\
from dbt.cli.main import cli
from dbt.flags import get_flags
from dbt.task.compile import CompileTask
run = CompileTask.run
def as_run(self):
    for name in ("WHICH", "which"):
        object.__setattr__(get_flags(), name, "run")
    return run(self)
CompileTask.run = as_run
CompileTask.raise_on_first_error = lambda self: False
cli()
"""


def _refused(results: Path) -> dict[str, str] | None:
    """None: dbt did not come as far as compiling."""
    found = read_results(results)
    if found is None:
        return None
    return {name: _reason(message) for name, message in found.items()}


def _reason(message: str) -> str:
    """The line of dbt's words that says it."""
    if "connection never acquired" in message or "connection to server" in message:
        return "it asks the warehouse while it is compiled"
    lines = [line.strip() for line in message.splitlines()[1:] or message.splitlines()]
    return next((line for line in lines if line and not line.startswith(">")), "")


def read_results(path: Path) -> dict[str, str] | None:
    """What `run_results.json` says of models and tests that failed: their names and dbt's words."""
    try:
        results = json.loads(path.read_text("utf-8"))["results"]
        failed = [each for each in results if each["status"] == "error"]
        return {_name(str(each["unique_id"])): str(each["message"]) for each in failed}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _name(unique_id: str) -> str:
    """That of `model.shop.orders`, `model.shop.orders.v2` and `test.shop.unique_orders_id.1360ecc70e`."""
    return unique_id.split(".")[2] if unique_id.count(".") > 1 else unique_id


def _increments(dbt: _Dbt, manifest: Manifest, *, asks_warehouse: bool) -> Mapping[str, str]:
    if not any(model.materialized == "incremental" for model in manifest.models):
        return {}
    dbt.compile("--select", "config.materialized:incremental", asks_warehouse=asks_warehouse)
    found = dbt.manifest()
    models = found.models if isinstance(found, Manifest) else ()
    return {model.unique_id: model.compiled_code for model in models if model.materialized == "incremental"}
