"""The pages of `docs/` that are made from the schemas, the rules and the templates. `make docs` writes them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs_pages import format_page, rules_page, writing_page

__all__ = ["DOCS", "PAGES"]

DOCS = Path(__file__).parents[1] / "docs"

PAGES: Mapping[str, Callable[[], str]] = {
    "format.md": format_page.page,
    "rules.md": rules_page.page,
    writing_page.NAME: writing_page.page,
}
"""Each page by its name in `docs/`."""
