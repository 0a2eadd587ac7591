"""A browser, and pages for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page, ViewportSize

from tests.catalog_pages.made_site import Site, made_site
from tests.chromium import started_chromium

SIZE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with started_chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    with made_site() as found:
        yield found


@pytest.fixture(scope="module")
def window(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """One for a file: a new one, with its own process, takes three times as long as a page of the catalogue."""
    context = chromium.new_context(base_url=site.address, viewport=SIZE)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """As in a window of its own; it must neither log an error nor open a dialog, and nothing stays in the browser."""
    wrong: list[str] = []

    def refuse(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    def log(message: ConsoleMessage) -> None:
        wrong.extend([message.text] if message.type == "error" else [])

    def fail(error: Error) -> None:
        wrong.append(str(error))

    found = window.pages[0] if window.pages else window.new_page()
    found.on("console", log)
    found.on("pageerror", fail)
    found.on("dialog", refuse)
    yield found
    kept = window.storage_state()
    _clear(window)
    for event, listener in (("console", log), ("pageerror", fail), ("dialog", refuse)):
        found.remove_listener(event, listener)
    assert wrong == []
    assert kept == {"cookies": [], "origins": []}


def _clear(window: BrowserContext) -> None:
    """One empty tab, as at the beginning."""
    first, *others = window.pages
    for other in others:
        other.close()
    window.unroute_all()
    first.unroute_all()
    first.set_viewport_size(SIZE)
    first.emulate_media(color_scheme="null")
    first.goto("about:blank")
