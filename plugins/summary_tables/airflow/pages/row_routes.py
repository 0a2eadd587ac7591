"""A table's first rows, looked up when somebody asks for them: no other page has values of tables."""

from typing import Final

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from summary_tables.airflow.pages.addresses import AirflowLinks
from summary_tables.airflow.pages.login import Asker, NotLoggedInError, is_logged_in
from summary_tables.airflow.pages.seen_catalog import seen_by
from summary_tables.airflow.pages.warehouse_answers import Unanswered
from summary_tables.catalog.pages.rows_page import rows_page

row_pages: Final = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_NO_BUILD: Final = "No build of this table is published, or something else has its name in the warehouse."


@row_pages.get("/tables/{name}/rows")
def show_rows(name: str, asker: Asker) -> str:
    """Those that may be shown, to somebody who is logged in."""
    if not is_logged_in(asker):
        raise NotLoggedInError(401, "Rows of tables are shown only to somebody who is logged in.")
    seen = seen_by(asker)
    if name not in seen.catalog.entries:
        raise HTTPException(404)
    found = seen.first_rows(name)
    links = AirflowLinks(visible=seen.catalog.entries.keys())
    if isinstance(found, Unanswered):
        return rows_page(name, links, words=found.words)
    return rows_page(name, links, found) if found else rows_page(name, links, words=_NO_BUILD)
