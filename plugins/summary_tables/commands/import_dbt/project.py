"""What somebody named -> a dbt project as it is read here, or in words what to run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from summary_tables.commands.import_dbt.dbt_program import (
    DbtError,
    compiled,
    found_program,
    project_settings,
)
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.project_folder import PROJECT_FILE, ProjectFolder, read_project_folder
from summary_tables.dbt.records import Model
from summary_tables.dbt.run_results import command_of
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem

_LINES_OF_DBT: Final = 12


@dataclass(frozen=True, kw_only=True)
class DbtProject:
    """`root` is the project's folder, None where only a manifest is there. `increments`: see `dbt_program.Compiled`.

    `variables` are those of each `dbt_project.yml`, by package. `refused`: what dbt said of what it could not compile,
    by name; None: it was not asked. `target` is the one by which dbt compiled, empty where it is not known.
    `knows_database`: that of the models is the one of a profile, and none that was made up to compile them.
    `as_run`: see `dbt_program.Compiled`.
    """

    manifest: Manifest
    root: Path | None = None
    increments: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refused: Mapping[str, str] | None = None
    target: str = ""
    knows_database: bool = True
    as_run: bool = False

    @property
    def is_compiled_here(self) -> bool:
        """dbt was asked for what a full build runs; a manifest of others has what dbt ran last, of either kind."""
        return self.refused is not None


def file_of(model: Model, project: DbtProject) -> Path | None:
    """The file of a model or seed, which may be one of a package; None: it is not here, or is a link to elsewhere."""
    root = project.root
    if root is None:
        return None
    is_own = model.package == project.manifest.project
    home = root if is_own else _installed(root) / model.package
    file = home / model.path
    is_there = file.is_file() and (is_own or (home / PROJECT_FILE).is_file())
    return file if is_there and file.resolve().is_relative_to(home.resolve()) else None


def _installed(root: Path) -> Path:
    """Where dbt keeps the packages of a project."""
    return root / str(project_settings(root).get("packages-install-path") or "dbt_packages")


def is_dbt(path: Path) -> bool:
    """A dbt project, or a manifest of one."""
    return path.is_dir() or path.suffix == ".json"


def read_project(path: Path, folder: Path, *, program: str, target: str, schema: str) -> DbtProject | Problem:
    """The project at `path`, a folder or a manifest, for the configs in `folder`.

    `program` is the dbt that was named, `target` that of the profile; `schema` is where tables stand without a profile.
    """
    if path.is_file():
        return _of_manifest(path, path.parent.parent)
    if not (path / PROJECT_FILE).is_file():
        return _problem(
            path, f"the folder has no {PROJECT_FILE}", "name the folder of a dbt project, or a manifest.json"
        )
    project = read_project_folder(path)
    if project is None:
        fix = "run `dbt parse` there; it says what is wrong"
        return _problem(path, f"its {PROJECT_FILE} cannot be read, or has no `name`", fix)
    found, written = found_program(program, folder), _written(project)
    if not found and not written.is_file():
        fix = "run `dbt compile` there and say the same again, or name dbt itself: --dbt PATH"
        return _problem(path, "there is no dbt here to read the project, and no target/manifest.json in it", fix)
    return _by_dbt(path, found, target, schema, written) if found else _of_manifest(written, path)


def _written(project: ProjectFolder) -> Path:
    """Where dbt leaves what it knows of the project."""
    return project.path / str(project.settings.get("target-path") or "target") / "manifest.json"


def _by_dbt(path: Path, program: str, target: str, schema: str, written: Path) -> DbtProject | Problem:
    made = compiled(program, path, target=target, schema=schema)
    if isinstance(made, DbtError):
        reason = _last_lines(made.said)
        other = f", or name what dbt has written: {written}" if written.is_file() else ""
        fix = f"{_mended(made.said)}, then say the same again{other}"
        return _problem(path, f"dbt could not read the project. It says:\n{reason}", fix)
    return DbtProject(
        manifest=made.manifest,
        root=path,
        increments=made.increments,
        variables=_variables(path, made.manifest),
        refused=made.refused,
        target=made.target,
        knows_database=made.has_profile,
        as_run=made.as_run,
    )


_NO_ADAPTER: Final = re.compile(r"Could not find adapter type (\w+)")


def _mended(said: str) -> str:
    """What to do about what dbt said."""
    missing = _NO_ADAPTER.search(said)
    if missing is None:
        return "see that `dbt compile` works there"
    return (
        f"install dbt-{missing[1]} beside that dbt, or give its profile a target of the warehouse here as well and "
        "name that: --target NAME"
    )


def _of_manifest(path: Path, root: Path) -> DbtProject | Problem:
    manifest = read_manifest(path)
    if isinstance(manifest, Problem):
        return manifest
    has_project = (root / PROJECT_FILE).is_file()
    variables = _variables(root, manifest) if has_project else {}
    return DbtProject(
        manifest=manifest, root=root if has_project else None, variables=variables, as_run=_is_of_a_run(path.parent)
    )


def _is_of_a_run(folder: Path) -> bool:
    """Whether the command that dbt ran last there, and of which it left its results, is one that builds models."""
    return command_of(folder / "run_results.json") in ("run", "build")


def _variables(root: Path, manifest: Manifest) -> Mapping[str, Mapping[str, Any]]:
    """By package. What the project says goes before what a package says of itself, as in dbt."""
    settings = project_settings(root)
    installed = _installed(root)
    packages = {manifest.project, *(node.package for node in manifest.nodes.values())}
    packages |= {test.package for test in manifest.tests}
    packages = {each for each in packages if each.isidentifier()}
    return {
        package: {**_said(project_settings(installed / package), package), **_said(settings, package)}
        for package in packages
    }


def _said(settings: Mapping[str, Any], package: str) -> Mapping[str, Any]:
    """The variables of one `dbt_project.yml` for all, and those that it gives to the models of one package."""
    found = settings.get("vars")
    said = found if isinstance(found, dict) else {}
    own = said.get(package)
    return {**said, **(own if isinstance(own, dict) else {})}


def _last_lines(said: str) -> str:
    """The part of what dbt said that has the reason, without the times before each line."""
    lines = [line.partition("  ")[2] if line[:2].isdigit() and line[2:3] == ":" else line for line in said.splitlines()]
    told = [line for line in lines if line.strip()]
    first = next((at for at, line in enumerate(told) if "[ERROR]" in line), 0)
    last = next((at for at in range(first + 1, len(told)) if told[at].startswith("[WARNING]")), len(told))
    return "\n".join(f"  {line}" for line in told[first:last][-_LINES_OF_DBT:])


def _problem(path: Path, message: str, fix: str = "") -> Problem:
    return Problem.of(Finding(place=WHOLE_FILE, rule="import", message=message, fix=fix), path, file=str(path))
