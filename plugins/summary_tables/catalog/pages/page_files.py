"""The files that the pages load, as they come with this package."""

from importlib.resources import files
from typing import Final

PAGE_FILES: Final = {"style.css": "text/css; charset=utf-8", "catalog.js": "text/javascript; charset=utf-8"}
"""With the type of each, as a server names it."""


def page_file(name: str) -> str:
    """The text of one of `PAGE_FILES`."""
    return files("summary_tables.catalog.pages").joinpath("files", name).read_text("utf-8")
