"""The pages of `docs/` that are made from the schemas, the rules and the templates. `make docs` writes them."""

from collections.abc import Mapping
from pathlib import Path

from docs_pages import format_page, rules_page, slack_picture, writing_page

__all__ = ["DOCS", "FOLDERS", "pages"]

DOCS = Path(__file__).parents[1] / "docs"

FOLDERS = ("rules",)
"""The folders of `docs/` in which nothing is written by hand."""


def pages() -> Mapping[str, str]:
    """Each page, and each picture that is drawn, by its name in `docs/`. Takes seconds."""
    return {
        "format.md": format_page.page(),
        "sources_format.md": format_page.sources_page(),
        writing_page.NAME: writing_page.page(),
        slack_picture.NAME: slack_picture.picture(),
        **rules_page.pages(),
    }
