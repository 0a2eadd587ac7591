"""What the site shows, read from the files and, where somebody wants it, from the logs in the warehouse."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from summary_tables.catalog.assemble import catalog
from summary_tables.catalog.column_sources import column_lineage_reader
from summary_tables.catalog.dbt_projects import project_entries
from summary_tables.catalog.entry import Entry
from summary_tables.catalog.folder import declarations, folder_problems
from summary_tables.catalog.lineage import TableLineage, lineage_graph, table_lineage
from summary_tables.catalog.pages.project_page import Around
from summary_tables.catalog.pages.table_details import TableDetails
from summary_tables.commands.catalog.site_files import SiteContent
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.folder import read_folder
from summary_tables.lint.engine import lint
from summary_tables.lint.facts.lineage import lineage
from summary_tables.lint.facts.project_models import models_of_projects
from summary_tables.model.table_history import TableHistory

if TYPE_CHECKING:
    from summary_tables.warehouse.session.session import Session

Histories = Mapping[str, TableHistory]


def site_content(path: Path, histories: Histories | None, now: datetime) -> SiteContent:
    """Of the folder at `path`. `histories`: see `histories_in`; None: nobody asked. Raises OSError."""
    # As lint names the files, so that each table gets what lint says of its file.
    path = path.absolute()
    folder, problems = read_folder(path), lint((path,)).problems
    between = lineage(folder)
    declared = declarations(folder, problems, between)
    models = models_of_projects(folder)
    graph, columns = lineage_graph(declared, models), column_lineage_reader(folder, between)
    wrong = folder_problems(folder, problems)
    tables = catalog(declared, histories, {}, now, folder_problems=wrong, projects=graph.projects)
    found = replace(tables, projects=project_entries(folder, models, {}))

    def details(entry: Entry) -> TableDetails:
        return TableDetails(
            lineage=table_lineage(graph, entry.full_name, found.entries.keys()) if entry.declaration else None,
            column_sources=columns.sources(entry.full_name) if entry.declared else None,
        )

    def of_model(full_name: str) -> TableLineage:
        return table_lineage(graph, full_name, found.entries.keys())

    usable = folder.usable.data if folder.usable else {}
    return SiteContent(
        catalog=found,
        details=details,
        around=Around(of_model, columns.sources),
        repository=settings_from_data(usable).repository,
    )


def histories_in(session: "Session") -> Histories:
    """Of every table that the logs know, all that its page shows. Raises `WarehouseError`."""
    from summary_tables.warehouse.history.table_histories import history, latest

    tables = {name: name.rpartition(".") for name in latest(session)}
    return {name: history(session, schema, table) for name, (schema, _, table) in tables.items()}
