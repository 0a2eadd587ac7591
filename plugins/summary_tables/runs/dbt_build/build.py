"""`dbt source freshness` and `dbt build` of one project, as one try of a run does them."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.node_outcome import Outcome, merged
from summary_tables.dbt.project_folder import PROJECT_FILE, ProjectFolder, read_project_folder, schema_of
from summary_tables.dbt.run_results import NodeResult, SourceAge, read_run_results, read_source_ages
from summary_tables.model.dbt_project import DbtSelection
from summary_tables.runs.dbt_build.command import build_command, freshness_command
from summary_tables.runs.dbt_build.dbt_profile import Login, environment
from summary_tables.runs.dbt_build.process import run_program
from summary_tables.runs.dbt_build.program import MISSING, find_dbt, not_started
from summary_tables.runs.dbt_build.said import NOTHING_BUILT, DbtRefusal, Said, Tell
from summary_tables.runs.dbt_build.versions import TooOldError
from summary_tables.runs.dbt_build.workspace import workspace
from summary_tables.sql.quoting import as_needed
from summary_tables.text.english import listed

_NO_NEW_SCHEMA: Final = re.compile(r"permission denied for database (.+?)\.?$")


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

    def build(self, again: Sequence[str] = (), before: Iterable[NodeResult] = ()) -> Outcome | DbtRefusal:
        """Builds and tests what is wanted; `again`: only these nodes, after a try that gave `before`."""
        ready = self._ready()
        if isinstance(ready, DbtRefusal):
            return ready
        folder, program = ready
        with workspace(folder, self.config.project, self.login, self.kept) as place:
            said = self._run(build_command(program, self.config.project.dbt, folder, place, again), folder)
            if isinstance(said, DbtRefusal):
                return said
            results = read_run_results(place / "target" / "run_results.json")
            manifest = read_manifest(place / "target" / "manifest.json")
        if results is None or not isinstance(manifest, Manifest) or said.code not in (0, 1):
            return self._with_remedy(said.refusal(folder.path, program))
        if not results:
            return _gone(again) if again else _nothing(self.config.project.dbt)
        return Outcome(manifest=manifest, results=merged(before, map(said.with_cause, results)))

    def freshness(self) -> tuple[tuple[SourceAge, ...], Manifest] | DbtRefusal:
        """How old each source is that says how old it may be."""
        ready = self._ready()
        if isinstance(ready, DbtRefusal):
            return ready
        folder, program = ready
        with workspace(folder, self.config.project, self.login, self.kept) as place:
            said = self._run(freshness_command(program, self.config.project.dbt, folder, place), folder)
            if isinstance(said, DbtRefusal):
                return said
            ages = read_source_ages(place / "target" / "sources.json")
            manifest = read_manifest(place / "target" / "manifest.json")
        if not isinstance(manifest, Manifest) or (ages is None and said.code != 0):
            return said.refusal(folder.path, program)
        return (*(ages or ()), *said.unanswered(ages or ())), manifest

    def _ready(self) -> tuple[ProjectFolder, Path] | DbtRefusal:
        folder = read_project_folder(self.config.folder)
        if folder is None:
            where = self.config.project.dbt.project
            words = f"there is no dbt project in {where}: {PROJECT_FILE} is missing or cannot be read."
            return DbtRefusal(error=words, live=NOTHING_BUILT)
        program = find_dbt(self.repository)
        return (folder, program) if program else DbtRefusal(error=MISSING, live=NOTHING_BUILT)

    def _with_remedy(self, refusal: DbtRefusal) -> DbtRefusal:
        """dbt makes the schemas that it builds in before anything else."""
        denied = _NO_NEW_SCHEMA.search(refusal.error)
        if not denied:
            return refusal
        role, database = as_needed(self.login.user), as_needed(denied[1])
        words = (
            f"{refusal.error.removesuffix('.')}: dbt makes the schemas that it builds in. An administrator runs: "
            f"GRANT CREATE ON DATABASE {database} TO {role}; or makes each of them: "
            f"CREATE SCHEMA ... AUTHORIZATION {role};"
        )
        return replace(refusal, error=words)

    def _run(self, command: Sequence[str], folder: ProjectFolder) -> Said | DbtRefusal:
        said = Said(tell=self.tell, secret=self.login.password)
        schema = schema_of(folder, self.config.project)
        variables = environment(self.login, schema, self.name, os.environ)
        try:
            said.code = run_program(command, folder.path, variables, said.line)
        except OSError as error:
            return DbtRefusal(error=not_started(command[0], error), live=NOTHING_BUILT)
        except TooOldError as error:
            return DbtRefusal(error=str(error), live=NOTHING_BUILT)
        return said


def _nothing(wanted: DbtSelection) -> DbtRefusal:
    """dbt itself is content with that."""
    if wanted.select:
        words = f"`{' '.join(wanted.select)}` selects nothing of the project that `exclude` leaves"
        words = words if wanted.exclude else words.removesuffix(" that `exclude` leaves")
        return DbtRefusal(error=f"{words}. Name a model, or a tag, path or package of one.", live=NOTHING_BUILT)
    return DbtRefusal(error="the project has nothing to build.", live=NOTHING_BUILT)


def _gone(names: Sequence[str]) -> DbtRefusal:
    verb = "is" if len(names) == 1 else "are"
    words = (
        f"{listed([f'`{name}`' for name in names[:5]])} {verb} not in the project any more. Start a run of all of it."
    )
    return DbtRefusal(error=words, live=NOTHING_BUILT)
