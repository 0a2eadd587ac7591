"""Which columns of dbt models a pull request changes, and who reads one that goes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summary_tables.commands.diff.column_changes import ColumnChange, ColumnSearch
from summary_tables.commands.diff.lost_models import DbtProjects
from summary_tables.lint.facts.column_lineage import ColumnLineage
from summary_tables.lint.facts.model_queries import ModelQuery
from summary_tables.sql.column_lineage.origins import QueryOrigins


def changed_models(projects: DbtProjects) -> tuple[str, ...]:
    """Full names of those that both sides build and whose SQL is another, its own or that of what is put into it."""
    before, after = projects.queries_before, projects.queries_after
    return tuple(name for name in after if name in before and _code(before[name]) != _code(after[name]))


def _code(query: ModelQuery) -> tuple[str, ...]:
    nodes = (query.manifest.nodes.get(each) for each in query.node.depends_on)
    return (query.node.raw_code, *(node.raw_code for node in nodes if node and node.materialized == "ephemeral"))


def model_column_changes(projects: DbtProjects, search: ColumnSearch) -> Mapping[str, tuple[ColumnChange, ...]]:
    """By the full name of the model."""
    found = {name: search.of_model(name) for name in changed_models(projects)}
    return {name: changes for name, changes in found.items() if changes}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGone:
    """A column of a model that goes, and that the query of `reader` names for certain. `now`: its new name, if any."""

    model: str
    column: str
    now: str
    reader: str


def columns_gone(changes: Mapping[str, tuple[ColumnChange, ...]], after: ColumnLineage) -> Iterator[ColumnGone]:
    """Those whose readers would fail."""
    for model, found in changes.items():
        for change in (each for each in found if each.kind in ("gone", "renamed")):
            for reader in after.readers(model):
                if reader in after.files and _reads(after, reader, model, change.column):
                    yield ColumnGone(model=model, column=change.column, now=change.now, reader=reader)


def _reads(lineage: ColumnLineage, reader: str, model: str, column: str) -> bool:
    """By its name: `SELECT *` takes what there is."""
    found, sql = lineage.origins(reader), lineage.files[reader].config.table.main_sql
    if not isinstance(found, QueryOrigins) or not re.search(rf"\b{re.escape(column)}\b", sql, re.IGNORECASE):
        return False
    parts = (*(each.value for each in found.columns), found.rows, found.order)
    uses = (use for part in parts for use in part.uses)
    return any((use.table, use.column, use.is_certain) == (model, column, True) for use in uses)
