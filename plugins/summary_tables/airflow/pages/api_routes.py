"""The JSON API: what the pages show, for other tools."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request

from summary_tables.airflow.pages.login import Asker
from summary_tables.airflow.pages.seen_catalog import SeenCatalog, seen_by
from summary_tables.catalog.documents.builds import BuildList, build_list
from summary_tables.catalog.documents.checks import CheckList, check_list
from summary_tables.catalog.documents.freshness import FreshnessDocument, freshness
from summary_tables.catalog.documents.lineage import LineageDocument, lineage_document
from summary_tables.catalog.documents.models import ModelDocument, ModelList, model_document, model_list
from summary_tables.catalog.documents.table import TableDocument, table_document
from summary_tables.catalog.documents.table_list import TableList, table_list
from summary_tables.catalog.entry import STATES, Entry
from summary_tables.catalog.listing.address import from_query
from summary_tables.catalog.listing.listing import PAGE_SIZE, listing
from summary_tables.catalog.listing.models import found_models
from summary_tables.catalog.listing.search import search_words
from summary_tables.catalog.listing.view import SORT_KEYS

API: Final = "/api/v1"
_MOST_TABLES: Final = 500

api: Final = APIRouter(prefix=API, tags=["Summary tables"])


def _parameter(name: str, words: str, *values: str, many: bool = False) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string", **({"enum": list(values)} if values else {})}
    schema = {"type": "array", "items": kind} if many else kind
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


_VIEW: Final = {
    "parameters": [
        _parameter("q", "Words that all have to be in a table's name, its columns or its description."),
        _parameter("owner", "Any of these.", many=True),
        _parameter("schema", "Any of these.", many=True),
        _parameter("tag", "Any of these.", many=True),
        _parameter("state", "Any of these.", *STATES, many=True),
        _parameter("sort", f"`key:asc` or `key:desc`; a key is one of {', '.join(SORT_KEYS)}."),
        _parameter("page", "From 1."),
    ]
}


@api.get("/tables", openapi_extra=_VIEW)
def list_tables(
    request: Request,
    asker: Asker,
    page_size: Annotated[int, Query(ge=1, le=_MOST_TABLES, description="Tables on a page.")] = PAGE_SIZE,
) -> TableList:
    """The tables that you may see, in pages. What of the question means nothing is passed over, and said."""
    seen = seen_by(asker)
    read = from_query(request.url.query)
    found = listing(seen.catalog.entries.values(), read.view, page_size)
    return table_list(found, seen.catalog.read_at, read.remarks, seen.catalog.warehouse_problem)


@api.get("/tables/{name}")
def get_table(name: str, asker: Asker) -> TableDocument:
    """One table, by `schema.table`: what its file says, and its state."""
    return table_document(_entry(seen_by(asker), name))


@api.get("/tables/{name}/checks")
def get_checks(name: str, asker: Asker) -> CheckList:
    """Its checks, and what each of them found in the last runs."""
    return check_list(_in_full(name, asker))


@api.get("/tables/{name}/builds")
def get_builds(name: str, asker: Asker) -> BuildList:
    """Its last builds."""
    return build_list(_in_full(name, asker))


@api.get("/tables/{name}/lineage")
def get_lineage(name: str, asker: Asker) -> LineageDocument:
    """The tables that it is made of and that are made of it, and of which columns its columns are made."""
    seen = seen_by(asker)
    _entry(seen, name)
    return lineage_document(seen.lineage(name), seen.column_sources(name))


@api.get("/tables/{name}/freshness")
def get_freshness(name: str, asker: Asker) -> FreshnessDocument:
    """Whether it is fresh: cheap enough to be asked by every dashboard."""
    seen = seen_by(asker)
    return freshness(_entry(seen, name), seen.catalog.read_at)


@api.get("/models")
def list_models(
    asker: Asker,
    q: Annotated[str, Query(description="Words that all have to be in a model's name, columns or description.")] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST_TABLES, description="Models in the answer.")] = PAGE_SIZE,
) -> ModelList:
    """The models of the dbt projects that you may see, as far as a manifest says what these build."""
    seen = seen_by(asker)
    return model_list(found_models(seen.catalog.projects, search_words(q)), limit, seen.catalog.read_at)


@api.get("/models/{name}")
def get_model(name: str, asker: Asker) -> ModelDocument:
    """One model, by `schema.table`, with the tables and models that it is made of and that are made of it."""
    seen = seen_by(asker)
    if model := seen.model(name):
        return model_document(model, seen.lineage(name), seen.column_sources(name))
    raise HTTPException(404)


def _entry(seen: SeenCatalog, name: str) -> Entry:
    if entry := seen.catalog.entries.get(name):
        return entry
    raise HTTPException(404)


def _in_full(name: str, asker: Asker) -> Entry:
    if found := seen_by(asker).in_full(name):
        return found[0]
    raise HTTPException(404)
