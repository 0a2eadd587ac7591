"""Models that dbt projects build."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from summary_tables.catalog.column_sources import TableColumnSources
from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.documents.lineage import (
    ColumnLineageDocument,
    ColumnReference,
    LineageDirection,
    LineageEdge,
    direction,
    edges,
    lineage_document,
)
from summary_tables.catalog.lineage import TableLineage
from summary_tables.catalog.listing.models import Found
from summary_tables.lint.facts.project_models import ProjectModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelColumnDocument:
    """A column that a file of the project names."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    name: str
    """Its name."""
    type: str | None
    """As the project spells it; null: it does not say one."""
    description: str
    """Empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSummary:
    """A table that a dbt project builds."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`."""
    project: str
    """The name of the project's file, and of its DAG."""
    kind: str
    """In dbt's word: table, view, incremental, seed, snapshot."""
    description: str
    """Empty where there is none."""
    owner: str | None
    """That of the model or of its group; null: that of the project."""
    tags: tuple[str, ...]
    """Those of dbt."""
    columns: tuple[ModelColumnDocument, ...]
    """All of them, or those that somebody described."""
    has_all_columns: bool
    """A contract promises them."""
    found_columns: tuple[str, ...]
    """Those that have a word of the search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelList:
    """The models that fit the search, of the projects whose DAGs one may read."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    models: tuple[ModelSummary, ...]
    """The best first; by project and name where nothing is searched for."""
    total_count: int
    """As many as there are."""
    as_of: datetime
    """When this was found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDocument:
    """A model, and the tables around it, as if those that one may not read were not there."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    model: ModelSummary
    """What its project says of it."""
    upstream: LineageDirection
    """What it is made of."""
    downstream: LineageDirection
    """What is made of it."""
    edges: tuple[LineageEdge, ...]
    """Between the tables that are shown."""
    columns: tuple[ColumnLineageDocument, ...]
    """Of what its columns are made, one step up."""
    row_sources: tuple[ColumnReference, ...]
    """What decides which rows there are."""
    unknown: str | None
    """Why nothing, or not all, is known of the columns."""


def model_list(found: tuple[Found, ...], most: int, read_at: datetime) -> ModelList:
    """`found` may have projects, too, which are no models."""
    models = [model_summary(each.model, each.columns) for each in found if each.model]
    return ModelList(models=tuple(models[:most]), total_count=len(models), as_of=read_at)


def model_document(model: ProjectModel, lineage: TableLineage, columns: TableColumnSources) -> ModelDocument:
    """Of what somebody may see."""
    made = lineage_document(lineage, columns)
    return ModelDocument(
        model=model_summary(model),
        upstream=direction(lineage.upstream),
        downstream=direction(lineage.downstream),
        edges=edges(lineage),
        columns=made.columns,
        row_sources=made.row_sources,
        unknown=made.unknown,
    )


def model_summary(model: ProjectModel, found: tuple[str, ...] = ()) -> ModelSummary:
    """What its project says of it."""
    return ModelSummary(
        full_name=model.full_name,
        project=model.project,
        kind=model.kind,
        description=model.description,
        owner=model.owner or None,
        tags=model.tags,
        columns=tuple(
            ModelColumnDocument(name=column.name, type=column.type or None, description=column.description)
            for column in model.columns
        ),
        has_all_columns=model.has_all_columns,
        found_columns=found,
    )
