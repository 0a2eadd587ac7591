"""The dbt projects that run beside the tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.lint.facts.project_models import ProjectModel
from summary_tables.model.dag_facts import DagFacts, DagRunFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """`name` is that of its file and of its DAG, `runs` when it runs, in words. `tables`: what it builds, as far as a
    manifest says it. `last_run`: None where Airflow was not asked, or there was none."""

    name: str
    file: str
    owner: str
    description: str = ""
    runs: str = ""
    tables: tuple[str, ...] = ()
    last_run: DagRunFacts | None = None

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
    tables: dict[str, list[str]] = {}
    for model in models:
        tables.setdefault(model.project, []).append(model.full_name)
    return tuple(_entries(folder.projects, tables, dags))


def _entries(
    files: Iterable[DbtFile], tables: Mapping[str, list[str]], dags: Mapping[str, DagFacts]
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
            tables=tuple(sorted(tables.get(project.name, ()))),
            last_run=dag.runs[0] if dag and dag.runs else None,
        )
