"""The page of a table's first rows."""

from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.rendering import rendered
from summary_tables.warehouse.first_rows import CHARACTERS, FirstRows


def rows_page(full_name: str, links: Links, rows: FirstRows | None = None, *, words: str = "") -> str:
    """HTML, whole. Without `rows`, the `words` say why there are none."""
    shown = [[_shown(value) for value in row] for row in rows.rows] if rows else []
    return rendered("rows.html", full_name=full_name, links=links, found=rows, shown=shown, words_instead=words)


def _shown(value: str | None) -> str | None:
    """A value in full, or with a sign that there is more of it."""
    return value if value is None or len(value) <= CHARACTERS else f"{value[:CHARACTERS]} …"
