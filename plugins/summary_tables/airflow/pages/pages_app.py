"""The application that Airflow mounts: every answer of it is for somebody who is logged in."""

from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp

from summary_tables.airflow.pages.addresses import BASE, LOGIN, PREFIX, AirflowLinks
from summary_tables.airflow.pages.answer_headers import AnswerHeaders
from summary_tables.airflow.pages.api_routes import API, api
from summary_tables.airflow.pages.login import NotLoggedInError, asker
from summary_tables.airflow.pages.page_routes import pages
from summary_tables.airflow.pages.roll_back_routes import roll_backs
from summary_tables.airflow.pages.row_routes import row_pages
from summary_tables.airflow.pages.whole_catalog import read_ahead
from summary_tables.catalog.pages.message_page import message_page

_OPENAPI: Final = "/openapi.json"
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_NOT_THERE: Final = "There is no such page, or you may not see it."


def pages_app() -> ASGIApp:
    """A new one."""
    # FastAPI's own pages of the API would be open to all, and load what they show from elsewhere.
    app = FastAPI(
        title="Summary tables",
        description="Which summary tables there are, what they mean, whether they are fresh, and who uses them.",
        version="1",
        openapi_url=None,
        dependencies=[Depends(asker)],
    )
    app.include_router(api)
    app.include_router(pages)
    app.include_router(roll_backs)
    app.include_router(row_pages)
    app.add_api_route(_OPENAPI, lambda: _described(app), include_in_schema=False)
    # Also of what is not there, nobody else is told.
    app.add_api_route("/{rest:path}", _not_there, methods=list(_METHODS), include_in_schema=False)
    app.add_exception_handler(NotLoggedInError, _to_login)
    app.add_exception_handler(StarletteHTTPException, _in_words)
    return AnswerHeaders(app)


def mounted_app() -> dict[str, object]:
    """As Airflow's plugins declare it; the api-server asks for it when it starts."""
    read_ahead()
    return {"app": pages_app(), "url_prefix": PREFIX, "name": "Summary tables"}


def _described(app: FastAPI) -> JSONResponse:
    return JSONResponse({**app.openapi(), "servers": [{"url": BASE}]})


def _not_there() -> None:
    raise HTTPException(404)


def _own_path(request: Request) -> str:
    """Below the place where Airflow has mounted the application."""
    return str(request.scope["path"]).partition(PREFIX)[2]


def _is_for_people(request: Request) -> bool:
    return not _own_path(request).startswith((f"{API}/", _OPENAPI, "/files/"))


def _to_login(request: Request, refused: Any) -> Response:
    if request.method != "GET" or not _is_for_people(request):
        return JSONResponse({"detail": refused.words}, status_code=refused.status)
    query = f"?{request.url.query}" if request.url.query else ""
    back = f"{BASE}{quote(_own_path(request))}{query}"
    return RedirectResponse(f"{LOGIN}?{urlencode({'next': back})}", status_code=303)


def _in_words(request: Request, error: Any) -> Response:
    words = _NOT_THERE if error.status_code == 404 else str(error.detail)
    if _is_for_people(request):
        return HTMLResponse(message_page(words, AirflowLinks()), status_code=error.status_code)
    return JSONResponse({"detail": words}, status_code=error.status_code)
