"""`dbt source freshness` and `dbt build` of one project, as one try of a run does them."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.dbt.events import Event, event
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.node_outcome import Outcome, merged
from summary_tables.dbt.project_folder import PROJECT_FILE, ProjectFolder, read_project_folder
from summary_tables.dbt.run_results import NodeResult, SourceAge, read_run_results, read_source_ages
from summary_tables.model.failure import Refusal
from summary_tables.runs.dbt_build.command import build_command, freshness_command
from summary_tables.runs.dbt_build.dbt_profile import Login, environment
from summary_tables.runs.dbt_build.process import run_program
from summary_tables.runs.dbt_build.program import MISSING, find_dbt
from summary_tables.runs.dbt_build.workspace import schema_of, workspace

Tell = Callable[[Event], None]
_SAID: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtTry:
    """One try. `name` is what the warehouse shows of dbt's sessions; `tell` hears of each event as it comes.

    `kept`: see `workspace`.
    """

    config: DbtConfig
    login: Login = field(repr=False)
    name: str
    tell: Tell
    kept: Path | None = None

    @property
    def repository(self) -> Path:
        return self.config.path.absolute().parents[1]

    def build(self, again: Sequence[str] = (), before: Iterable[NodeResult] = ()) -> Outcome | Refusal:
        """Builds and tests what is wanted; `again`: only these nodes, after a try that gave `before`."""
        ready = self._ready()
        if isinstance(ready, Refusal):
            return ready
        folder, program = ready
        with workspace(folder, self.config.project, self.login, self.kept) as place:
            said = self._run(build_command(program, self.config.project.dbt, place, again), folder)
            results = read_run_results(place / "target" / "run_results.json")
            manifest = read_manifest(place / "target" / "manifest.json")
        if results is None or not isinstance(manifest, Manifest) or said.code not in (0, 1):
            return Refusal(error=said.why, may_pass=True)
        return Outcome(manifest=manifest, results=merged(before, results))

    def freshness(self) -> tuple[tuple[SourceAge, ...], Manifest] | Refusal:
        """How old each source is that says how old it may be."""
        ready = self._ready()
        if isinstance(ready, Refusal):
            return ready
        folder, program = ready
        with workspace(folder, self.config.project, self.login, self.kept) as place:
            said = self._run(freshness_command(program, self.config.project.dbt, place), folder)
            ages = read_source_ages(place / "target" / "sources.json")
            manifest = read_manifest(place / "target" / "manifest.json")
        if not isinstance(manifest, Manifest) or (ages is None and said.code != 0):
            return Refusal(error=said.why, may_pass=True)
        return ages or (), manifest

    def _ready(self) -> tuple[ProjectFolder, Path] | Refusal:
        folder = read_project_folder(self.config.folder)
        if folder is None:
            where = self.config.project.dbt.project
            return Refusal(error=f"there is no dbt project in {where}: {PROJECT_FILE} is missing or cannot be read.")
        program = find_dbt(self.repository)
        return (folder, program) if program else Refusal(error=MISSING)

    def _run(self, command: Sequence[str], folder: ProjectFolder) -> "_Said":
        said = _Said(tell=self.tell)
        schema = schema_of(folder, self.config.project)
        variables = environment(self.login, schema, self.name, os.environ)
        said.code = run_program(command, folder.path, variables, said.line)
        return said


@dataclass(slots=True)
class _Said:
    """What dbt said on its way, as far as it is needed where it did not come to results."""

    tell: Tell
    code: int = 0
    _errors: list[str] = field(default_factory=list)
    _other: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        found = event(text)
        if found is None:
            self._other = [*self._other, text][-_SAID:]
            return
        if found.level == "error" and found.message:
            self._errors.append(found.message)
        self.tell(found)

    @property
    def why(self) -> str:
        """The first of its errors, or the last of what it said."""
        if self._errors:
            return " ".join(" ".join(self._errors[:2]).split())[:1500]
        if self.code < 0:
            return f"dbt was ended from outside (signal {-self.code})."
        last = next((line for line in reversed(self._other) if line.strip()), "")
        return last.strip()[:1500] or f"dbt ended with code {self.code} and said nothing."
