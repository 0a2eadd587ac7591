"""The queries of dbt models, for whoever follows tables and columns through them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.model_sql import model_sql
from summary_tables.dbt.records import Model
from summary_tables.lint.facts.project_models import content_of, tables_read_by
from summary_tables.sql.column_lineage.origins import ColumnsOf, NotKnown, QueryOrigins
from summary_tables.sql.column_lineage.query import query_origins
from summary_tables.sql.dialect import Dialect


@dataclass(frozen=True, kw_only=True)
class ModelQuery:
    """That of one model of a project. `project`, `owner` and `variables` are those of the project's file."""

    node: Model
    manifest: Manifest
    dialect: Dialect
    project: str
    owner: str
    variables: Mapping[str, Any]

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """Full names of the tables that it reads; what is no table of its own is passed through."""
        return tables_read_by(self.node, self.manifest)

    def origins(self, columns_of: ColumnsOf) -> QueryOrigins | NotKnown:
        """What its columns are made of."""
        sql = model_sql(self.node, self.manifest, self.variables)
        if not isinstance(sql, str):
            return NotKnown(f"only dbt knows what {sql.what} in its SQL is")
        return query_origins(sql, self.dialect, columns_of)


def model_queries(folder: ConfigFolder) -> Mapping[str, ModelQuery]:
    """By the full name of the table, those whose projects have a manifest and that no file of the folder builds."""
    found: dict[str, ModelQuery] = {}
    for file in folder.projects:
        content = content_of(file.config)
        found |= queries_of(file, content.manifest, content.built) if content else {}
    return {name: query for name, query in found.items() if name not in folder.by_name}


def queries_of(file: DbtFile, manifest: Manifest, nodes: Iterable[Model]) -> Mapping[str, ModelQuery]:
    """Those of `nodes` of a project; of one whose schema nobody knows, nothing is known."""
    config = file.config
    dialect, owner = config.as_table.dialect, config.project.owner
    return {
        node.relation.full_name: ModelQuery(
            node=node,
            manifest=manifest,
            dialect=dialect,
            project=config.project.name,
            owner=node.owner or owner,
            variables=config.project.dbt.vars,
        )
        for node in nodes
        if node.relation.schema
    }
