"""The page of a dbt project: what it builds, and who reads that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

from summary_tables.catalog.column_sources import ColumnSources, TableColumnSources
from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.lineage import LineageSide, TableLineage
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.rendering import rendered
from summary_tables.lint.facts.project_models import ModelColumn, ProjectModel

MOST_FOLLOWED: Final = 300
"""Models of a project whose columns are followed: the query of each is read for that."""


class Around(NamedTuple):
    """What is around a table, by its full name, as far as whoever asks may see it."""

    lineage: Callable[[str], TableLineage]
    columns: Callable[[str], TableColumnSources]


def _no_lineage(full_name: str) -> TableLineage:
    upstream = LineageSide(direction="upstream", nodes=(), total=0)
    return TableLineage(
        full_name=full_name, upstream=upstream, downstream=replace(upstream, direction="downstream"), links=()
    )


ALONE: Final = Around(_no_lineage, lambda _: TableColumnSources())
"""Where nothing is known of what is around a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    model: ProjectModel
    lineage: TableLineage
    made_of: Mapping[str, ColumnSources]

    @property
    def columns(self) -> tuple[ModelColumn, ...]:
        """What files say of them, and behind these the others that its query gives."""
        named = {column.name for column in self.model.columns}
        others = (ModelColumn(name=name) for name in self.made_of if name not in named)
        return self.model.columns if self.model.has_all_columns else (*self.model.columns, *others)


def project_page(project: ProjectEntry, links: Links, around: Around, read_at: datetime) -> str:
    """HTML, whole."""
    is_followed = len(project.models) <= MOST_FOLLOWED
    projects = {model.full_name: project.name for model in project.models}
    rows = [_row(model, around, is_followed=is_followed) for model in project.models]
    return rendered(
        "project.html", now=read_at, has_zones=False, project=project, rows=rows, links=links, model_projects=projects
    )


def _row(model: ProjectModel, around: Around, *, is_followed: bool) -> _Row:
    made_of = around.columns(model.full_name).columns if is_followed else ()
    return _Row(
        model=model, lineage=around.lineage(model.full_name), made_of={column.column: column for column in made_of}
    )
