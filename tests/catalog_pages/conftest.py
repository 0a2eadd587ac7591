"""A browser, and pages for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.catalog_pages.made_site import Site, made_site
from tests.chromium import started_chromium


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with started_chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    with made_site() as found:
        yield found


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A window of its own, which must neither log an error nor open a dialog."""
    wrong: list[str] = []

    def refuse(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    context = chromium.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    found = context.new_page()
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("dialog", refuse)
    yield found
    context.close()
    assert wrong == []
