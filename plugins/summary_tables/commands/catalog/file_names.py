"""What the files of the site are called: the same for the same table, and safe on every file system."""

import re
from hashlib import sha256
from urllib.parse import quote

from summary_tables.catalog.listing.view import FacetName, View

TABLES = "tables"
"""The folder of the pages of tables."""

PROJECTS = "projects"
"""The folder of the pages of dbt projects."""

_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_-]{0,79}(?:\.[a-z0-9_][a-z0-9_-]{0,79})?")
_UNSAFE = re.compile(r"[^a-z0-9_-]+")


def table_file(full_name: str) -> str:
    """`tables/analytics.nps_summary.html`."""
    return f"{TABLES}/{_safe(full_name)}.html"


def project_file(name: str) -> str:
    """`projects/shop.html`."""
    return f"{PROJECTS}/{_safe(name)}.html"


def list_file(view: View) -> str:
    """The list filtered by one value, and its pages; empty where the site has no such list."""
    chosen = [(facet, value) for facet, values in view.chosen.items() for value in values]
    if view.search or view.sort or len(chosen) > 1:
        return ""
    page = f".{view.page}" if view.page > 1 else ""
    return f"{_filtered(*chosen[0])}{page}.html" if chosen else f"index{page}.html"


def _filtered(facet: FacetName, value: str) -> str:
    return f"{facet}.{_safe(value, with_dot=False)}"


def _safe(name: str, *, with_dot: bool = True) -> str:
    """`name` where every file system takes it as it is; else what is left of it, with a digest that tells it apart."""
    if _PLAIN.fullmatch(name) and (with_dot or "." not in name):
        return name
    left = _UNSAFE.sub("-", name.lower())[:40].strip("-")
    return f"{left or 'name'}-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:12]}"


def address(file: str) -> str:
    """The file as a relative address."""
    return quote(file)
