"""Every page, whoever looks at it, and on what."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.catalog.pages.made_catalog import ENTRIES, HOSTILE, NPS
from tests.catalog_pages.axe import grave_findings
from tests.catalog_pages.made_site import REPORT, Site, made_site, many_tables

PAGES = ("", *(entry.full_name for entry in (*ENTRIES, HOSTILE, REPORT)))
_OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.removeAttribute('name'); each.open = true })"
"""What is folded away is used, too."""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def large_site() -> Iterator[Site]:
    with made_site(many_tables(500)) as found:
        yield found


def test_nothing_keeps_anybody_from_using_a_page(page: Page, site: Site) -> None:
    found = {}
    for address in (*map(site.page, PAGES), site.first_rows(NPS.full_name)):
        page.goto(address)
        page.evaluate(_OPEN_ALL)
        page.emulate_media(color_scheme="light")
        found[address, "light"] = grave_findings(page)
        page.emulate_media(color_scheme="dark")
        found[address, "dark"] = grave_findings(page, rules=("color-contrast",))
    assert {place: grave for place, grave in found.items() if grave} == {}


def test_a_phone_scrolls_down_only(page: Page, site: Site, large_site: Site) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    addresses = [*(site.page(name) for name in PAGES), site.first_rows(NPS.full_name)]
    addresses += [large_site.page(), large_site.page(NPS.full_name)]
    too_wide = {}
    for address in addresses:
        page.goto(address)
        if (more := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
            too_wide[address] = more
    assert too_wide == {}


def test_five_hundred_readers(page: Page, large_site: Site) -> None:
    page.goto(large_site.page(NPS.full_name))
    assert page.get_by_text("500 readers: the nearest 60 are shown.").count() == 1
    page.goto(large_site.page())
    assert page.locator("table.tables tbody tr").count() == 50
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of 11")).to_be_visible()
