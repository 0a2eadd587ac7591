"""The part of the catalogue that somebody may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser

from summary_tables.airflow.pages import rights
from summary_tables.airflow.pages.warehouse_answers import Unanswered
from summary_tables.airflow.pages.whole_catalog import WholeCatalog, whole_catalog
from summary_tables.catalog.column_sources import TableColumnSources
from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.entry import Catalog, Declaration, Entry
from summary_tables.catalog.hidden import readable
from summary_tables.catalog.lineage import LineageGraph, TableLineage, table_lineage
from summary_tables.catalog.shown_values import why_no_rows
from summary_tables.lint.facts.project_models import ProjectModel
from summary_tables.warehouse.first_rows import FirstRows


@dataclass(frozen=True, kw_only=True)
class SeenCatalog:
    """All that pages and the API show comes from here, so that nothing else can."""

    catalog: Catalog
    _whole: WholeCatalog
    _graph: LineageGraph

    @property
    def repository(self) -> str:
        """The web address of the repository of the files; empty where none says it."""
        return next((each.config.settings.repository for each in self._declarations if each.config), "")

    @property
    def _declarations(self) -> Iterator[Declaration]:
        return (entry.declaration for entry in self.catalog.entries.values() if entry.declaration)

    def by_dag(self, dag_id: str) -> Entry | None:
        """The table that the DAG builds."""
        return next((entry for entry in self.catalog.entries.values() if entry.table == dag_id), None)

    def project(self, name: str) -> ProjectEntry | None:
        """The dbt project whose file is called so; None: there is none that whoever asks may see."""
        return next((project for project in self.catalog.projects if project.name == name), None)

    def model(self, full_name: str) -> ProjectModel | None:
        """The model of such a project."""
        models = (model for project in self.catalog.projects for model in project.models)
        return next((model for model in models if model.full_name == full_name), None)

    def in_full(self, full_name: str) -> tuple[Entry, str] | None:
        """A table with all that its page shows, and why the warehouse could not be asked; None: there is none."""
        entry = self.catalog.entries.get(full_name)
        return self._whole.in_full(entry) if entry else None

    def first_rows(self, full_name: str) -> FirstRows | Unanswered | None:
        """Of a table that is there and of whose rows some may be shown; None: no build is there to be read."""
        entry = self.catalog.entries[full_name]
        words = why_no_rows(entry.declaration)
        return Unanswered(words) if words else self._whole.first_rows(entry)

    def with_recent_runs(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Some of its entries, with what a row of the list shows."""
        return self._whole.with_recent_runs(entries)

    def lineage(self, full_name: str) -> TableLineage:
        """Of a table or a model that is there."""
        return table_lineage(self._graph, full_name, self.catalog.entries)

    def column_sources(self, full_name: str) -> TableColumnSources:
        """Of a table or a model that is there."""
        reader = self._whole.folder.columns
        if reader is None:
            return TableColumnSources(unknown="there is no file")
        return reader.sources(full_name, self._graph.hidden(self.catalog.entries))


def seen_by(user: BaseUser) -> SeenCatalog:
    """What `user` may see now."""
    whole = whole_catalog()
    graph = whole.folder.graph
    tables = frozenset(entry.table for entry in whole.catalog.entries.values())
    dag_ids = tables | {project.name for project in whole.catalog.projects}
    allowed = rights.readable(user, dag_ids, whole.known)
    seen = readable(whole.catalog, allowed)
    problem = whole.warehouse_problem(seen.entries.values())
    return SeenCatalog(
        catalog=replace(seen, warehouse_problem=problem), _whole=whole, _graph=graph.of_projects(allowed)
    )
