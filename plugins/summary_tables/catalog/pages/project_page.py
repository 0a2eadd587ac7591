"""The page of a dbt project: what it builds, and who reads that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.lineage import LineageSide, TableLineage
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.rendering import rendered
from summary_tables.lint.facts.project_models import ProjectModel

Lineages = Callable[[str], TableLineage]
"""The lineage of a table by its full name, as far as whoever asks may see it."""


def alone(full_name: str) -> TableLineage:
    """Where nothing is known of what is around a table."""
    upstream = LineageSide(direction="upstream", nodes=(), total=0)
    return TableLineage(
        full_name=full_name, upstream=upstream, downstream=replace(upstream, direction="downstream"), links=()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    model: ProjectModel
    lineage: TableLineage


def project_page(project: ProjectEntry, links: Links, lineage: Lineages, read_at: datetime) -> str:
    """HTML, whole."""
    rows = [_Row(model=model, lineage=lineage(model.full_name)) for model in project.models]
    return rendered("project.html", now=read_at, has_zones=False, project=project, rows=rows, links=links)
