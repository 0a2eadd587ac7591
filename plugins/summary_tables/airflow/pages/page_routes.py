"""The pages: the list, a table, and what they need besides."""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from summary_tables.airflow.pages.addresses import AirflowLinks
from summary_tables.airflow.pages.login import Asker, is_logged_in
from summary_tables.airflow.pages.roll_back_routes import NOTICES, roll_back_form
from summary_tables.airflow.pages.seen_catalog import SeenCatalog, seen_by
from summary_tables.catalog.listing.address import from_query
from summary_tables.catalog.listing.listing import listing
from summary_tables.catalog.pages.list_page import list_page
from summary_tables.catalog.pages.page_files import PAGE_FILES, page_file
from summary_tables.catalog.pages.project_page import Around, project_page
from summary_tables.catalog.pages.table_details import TableDetails
from summary_tables.catalog.pages.table_page import table_page
from summary_tables.catalog.shown_values import why_no_rows

pages: Final = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@pages.get("/")
def show_list(request: Request, asker: Asker) -> str:
    """All tables that somebody may see, as the address says."""
    seen = seen_by(asker)
    read = from_query(request.url.query)
    found = listing(seen.catalog.entries.values(), read.view)
    shown = replace(found, entries=seen.with_recent_runs(found.entries))
    return list_page(seen.catalog, shown, _links(seen), read.remarks)


@pages.get("/tables/{name}")
def show_table(name: str, asker: Asker, notice: str = "") -> str:
    """One table."""
    return _page(seen_by(asker), name, asker, NOTICES.get(notice, ""))


@pages.get("/projects/{name}")
def show_project(name: str, asker: Asker) -> str:
    """One dbt project, with what it builds."""
    seen = seen_by(asker)
    project = seen.project(name)
    if project is None:
        raise HTTPException(404)
    return project_page(project, _links(seen), Around(seen.lineage, seen.column_sources), seen.catalog.read_at)


@pages.get("/dags/{dag_id}")
def show_table_of_dag(dag_id: str, asker: Asker) -> str:
    """The same, for the tab on a DAG."""
    seen = seen_by(asker)
    entry = seen.by_dag(dag_id)
    if entry is None:
        raise HTTPException(404)
    return _page(seen, entry.full_name, asker, on_dag=True)


@pages.get("/files/{name}")
def send_file(name: str) -> Response:
    """What the pages load."""
    if name not in PAGE_FILES:
        raise HTTPException(404)
    return Response(page_file(name), media_type=PAGE_FILES[name])


def _page(seen: SeenCatalog, name: str, asker: Asker, notice: str = "", *, on_dag: bool = False) -> str:
    found = seen.in_full(name)
    if found is None:
        raise HTTPException(404)
    entry, problem = found
    links = replace(_links(seen), on_dag=on_dag)
    shows_rows = entry.live and is_logged_in(asker) and not why_no_rows(entry.declaration)
    details = TableDetails(
        lineage=seen.lineage(name),
        column_sources=seen.column_sources(name),
        rows=links.rows(name) if shows_rows else "",
        roll_back=roll_back_form(entry, asker),
        notice=notice,
    )
    return table_page(entry, links, details, read_at=seen.catalog.read_at, warehouse_problem=problem)


def _links(seen: SeenCatalog) -> AirflowLinks:
    projects = frozenset(project.name for project in seen.catalog.projects)
    return AirflowLinks(visible=seen.catalog.entries.keys(), projects=projects, repository=seen.repository)
