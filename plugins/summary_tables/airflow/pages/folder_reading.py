"""What the folder of configs says of all tables: read when a file changed, and else only looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from summary_tables.airflow.pages.configs_folder import Traces, configs_folder, missing_folder, traces
from summary_tables.airflow.remembered import memory_of
from summary_tables.catalog.column_sources import ColumnLineageReader, column_lineage_reader
from summary_tables.catalog.dbt_projects import ProjectEntry, project_entries
from summary_tables.catalog.entry import Declaration
from summary_tables.catalog.folder import declarations, folder_problems
from summary_tables.catalog.lineage import LineageGraph, lineage_graph
from summary_tables.configs.folder import read_folder
from summary_tables.lint.build_check import check_folder
from summary_tables.lint.facts.lineage import lineage
from summary_tables.lint.facts.project_models import models_of_projects
from summary_tables.model.problem import Problem


@dataclass(frozen=True, kw_only=True)
class FolderReading:
    """`problems` are those of the folder as a whole; `columns` is None where there is no folder."""

    declarations: Mapping[str, Declaration]
    graph: LineageGraph
    columns: ColumnLineageReader | None = None
    problems: tuple[Problem, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()
    manifests: tuple[Path, ...] = ()


class FolderReader:
    """Of one process; many threads may ask."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._read: tuple[Path, Traces, FolderReading] | None = None

    def get(self) -> FolderReading:
        """As the folder is now; while another thread reads a change, as it was before."""
        folder = configs_folder()
        try:
            now = (*traces(folder), *self._manifests())
        except OSError:
            return _nothing(folder)
        if reading := self._kept(folder, now):
            return reading
        before = self._read
        if not self._turn.acquire(blocking=before is None) and before:
            return before[2]
        try:
            return self._kept(folder, now) or self._read_anew(folder, now)
        finally:
            self._turn.release()

    def _kept(self, folder: Path, now: Traces) -> FolderReading | None:
        read = self._read
        return read[2] if read and read[:2] == (folder, now) else None

    def _read_anew(self, folder: Path, now: Traces) -> FolderReading:
        reading = _reading(folder)
        self._read = (folder, now, reading)
        # Which projects there are is known only now.
        self._read = (folder, (*traces(folder), *self._manifests()), reading)
        return reading

    def _manifests(self) -> Traces:
        """Of the dbt projects that there were: what they build is read anew with each of these."""
        return tuple(_trace(path) for path in self._read[2].manifests) if self._read else ()


def _trace(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, 0
    return str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _nothing(folder: Path) -> FolderReading:
    return FolderReading(declarations={}, graph=lineage_graph({}), problems=(missing_folder(folder),))


def _reading(path: Path) -> FolderReading:
    memory = memory_of(path)
    folder, problems = read_folder(path, memory), check_folder(path, memory).problems
    tables = lineage(folder)
    declared, models = declarations(folder, problems, tables), models_of_projects(folder)
    return FolderReading(
        declarations=declared,
        graph=lineage_graph(declared, models),
        columns=column_lineage_reader(folder, tables),
        problems=folder_problems(folder, problems),
        projects=project_entries(folder, models, {}),
        manifests=tuple(file.config.folder / "target" / "manifest.json" for file in folder.projects),
    )
