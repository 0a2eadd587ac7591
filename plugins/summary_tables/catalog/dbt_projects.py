"""The dbt projects that run beside the tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.lint.facts.project_models import ProjectModel
from summary_tables.model.dag_facts import DagFacts, DagRunFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """`name` is that of its file and of its DAG, `runs` when it runs, in words. `models`: what it builds, by full name,
    as far as a manifest says it. `last_run`: None where Airflow was not asked, or there was none."""

    name: str
    file: str
    owner: str
    description: str = ""
    runs: str = ""
    models: tuple[ProjectModel, ...] = ()
    last_run: DagRunFacts | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The full names of what it builds."""
        return tuple(model.full_name for model in self.models)

    @property
    def outcome(self) -> str:
        """What became of the last run, as the end of a sentence; empty: nothing is known of one."""
        return _OUTCOMES.get(self.last_run.state, self.last_run.state) if self.last_run else ""


_OUTCOMES: Mapping[str, str] = {
    "success": "went well",
    "failed": "failed",
    "running": "is under way",
    "queued": "waits for its turn",
}


def project_entries(
    folder: ConfigFolder, models: Iterable[ProjectModel], dags: Mapping[str, DagFacts]
) -> tuple[ProjectEntry, ...]:
    """Those of a folder, by name. `dags` are by id."""
    built: dict[str, list[ProjectModel]] = {}
    for model in models:
        built.setdefault(model.project, []).append(model)
    return tuple(_entries(folder.projects, built, dags))


def _entries(
    files: Iterable[DbtFile], built: Mapping[str, list[ProjectModel]], dags: Mapping[str, DagFacts]
) -> Iterator[ProjectEntry]:
    for file in files:
        project = file.config.project
        dag = dags.get(project.name)
        yield ProjectEntry(
            name=project.name,
            file=file.config.file,
            owner=project.owner,
            description=project.description.strip(),
            runs=schedule_in_words(project.schedule, zone=project.timezone),
            models=tuple(sorted(built.get(project.name, ()), key=attrgetter("full_name"))),
            last_run=dag.runs[0] if dag and dag.runs else None,
        )
