"""The list of all tables, in a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.catalog_pages.made_site import LIST

ALL = 10
"""So many tables the catalogue has."""


def names(page: Page) -> Locator:
    """The tables that the list shows. After a click, the page before it may still be there: `expect` waits."""
    return page.locator("table.tables tbody th a")


def test_what_needs_somebody_is_on_top(page: Page) -> None:
    page.goto(LIST)
    assert names(page).all_inner_texts()[:3] == [
        "analytics.mau_summary",
        "analytics.channel_summary",
        "finance.revenue",
    ]
    expect(page.get_by_text("10 tables, 3 fresh, 1 failing, 1 late")).to_be_visible()


def test_search_finds_as_one_types_and_the_address_follows(page: Page) -> None:
    page.goto(LIST)
    page.get_by_role("searchbox").press_sequentially("promoter")
    expect(page.get_by_text("1 table of 10 for “promoter”")).to_be_visible()
    expect(names(page)).to_have_text(["analytics.nps_summary"])
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page).to_have_url(re.compile(f"{re.escape(LIST)}\\?q=promoter$"))


def test_a_column_that_was_found_is_shown_with_its_meaning(page: Page) -> None:
    page.goto(f"{LIST}?q=promoters")
    expect(page.get_by_role("rowheader", name="analytics.nps_summary")).to_contain_text("nps Promoters less detractors")


def test_a_half_typed_korean_word_finds(page: Page) -> None:
    page.goto(LIST)
    page.get_by_role("searchbox").fill("가이")
    expect(page.get_by_text("1 table of 10")).to_be_visible()
    expect(names(page)).to_have_text(["growth.weekly_signups"])


def test_an_address_that_was_sent_shows_the_same(page: Page) -> None:
    page.goto(f"{LIST}?q=summary&state=failing&sort=name%3Adesc")
    expect(names(page)).to_have_text(["analytics.mau_summary"])
    expect(page.get_by_role("searchbox")).to_have_value("summary")
    expect(page.get_by_role("columnheader", name="Table")).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("link", name="Failing 1")).to_have_attribute("aria-current", "true")


def test_search_without_scripts(page: Page) -> None:
    page.route("**/catalog.js", lambda route: route.fulfill(body=""))
    page.goto(LIST)
    page.get_by_role("searchbox").fill("promoter")
    page.get_by_role("searchbox").press("Enter")
    expect(names(page)).to_have_text(["analytics.nps_summary"])


def test_a_search_keeps_what_was_chosen_before(page: Page) -> None:
    page.goto(f"{LIST}?owner=growth")
    page.get_by_role("searchbox").fill("summary")
    expect(page.get_by_text("2 tables of 10")).to_be_visible()
    expect(names(page)).to_have_text(["analytics.mau_summary", "analytics.nps_summary"])


def test_filters_with_counts_are_chosen_and_taken_back(page: Page) -> None:
    page.goto(LIST)
    page.locator("summary", has_text="Owner").click()
    page.get_by_role("link", name="growth 4").click()
    expect(names(page)).to_have_text(
        ["analytics.mau_summary", "growth.churn", "analytics.growth_report", "analytics.nps_summary"]
    )
    page.get_by_role("link", name="Fresh 2").click()
    expect(names(page)).to_have_text(["analytics.growth_report", "analytics.nps_summary"])
    page.get_by_role("link", name="Show all").click()
    expect(names(page)).to_have_count(ALL)


def test_sorting_and_the_other_way_round(page: Page) -> None:
    page.goto(LIST)
    ascending = sorted(names(page).all_inner_texts())
    head = page.get_by_role("columnheader", name="Table")
    head.get_by_role("link").click()
    expect(names(page)).to_have_text(ascending)
    head.get_by_role("link").click()
    expect(names(page)).to_have_text(ascending[::-1])


def test_nothing_found_says_what_to_do(page: Page) -> None:
    page.goto(f"{LIST}?q=nowhere")
    expect(page.get_by_role("heading", name="No table fits")).to_be_visible()
    page.get_by_role("link", name="Show all tables").click()
    expect(names(page)).to_have_count(ALL)


@pytest.mark.parametrize("query", ["state=broken&sort=size&page=x", "page=99&owner=<script>alert(1)</script>"])
def test_an_address_that_means_nothing_is_answered(page: Page, query: str) -> None:
    answer = page.goto(f"{LIST}?{query}")
    assert answer
    assert answer.status == 200
    assert page.get_by_role("status").count() > 0


def test_by_keyboard_alone(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("promoter")
    expect(page.get_by_text("1 table of 10 for “promoter”")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "analytics.nps_summary":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("analytics.nps_summary")


def test_a_menu_by_keyboard(page: Page) -> None:
    page.goto(LIST)
    page.locator("summary", has_text="Tag").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="<i>tag</i> 1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 table of 10")).to_be_visible()
    expect(names(page)).to_have_text(["analytics.nps_summary"])
