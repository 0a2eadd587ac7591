"""A page that has only something to say."""

from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.rendering import rendered


def message_page(words: str, links: Links) -> str:
    """HTML, whole; the same for the same `words`."""
    return rendered("message.html", words=words, links=links)
