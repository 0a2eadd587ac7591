"""The tables of others that are known: those of `sources/`, and those that dbt projects of the folder build."""

from collections.abc import Mapping

from summary_tables.configs.folder import ConfigFolder
from summary_tables.model.source_table import SourceTable, TableKey


def known_tables(folder: ConfigFolder) -> Mapping[TableKey, SourceTable]:
    """By schema and name. What `sources/` says of a table counts more than what its project does."""
    if not folder.projects:
        return folder.sources.tables
    # Imported here because most folders have none.
    from summary_tables.lint.facts.project_models import sources_of_projects

    return {**sources_of_projects(folder), **folder.sources.tables}
