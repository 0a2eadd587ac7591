"""The page of a table, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from summary_tables.catalog.entry import Entry
from tests.catalog.pages.made_catalog import BROKEN_FILE, ENTRIES, FAILING, HOSTILE, NPS, ORPHANED
from tests.catalog_pages.made_site import LIST, REPORT, Site


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.state.state)
def test_the_state_is_said_in_a_sentence_at_the_top(page: Page, site: Site, entry: Entry) -> None:
    page.goto(site.page(entry.full_name))
    expect(page.get_by_role("heading", level=1)).to_have_text(entry.full_name)
    sentence = page.get_by_text(entry.state.sentence.replace("`", "")).first
    box = sentence.bounding_box()
    assert box
    assert box["y"] < 200


def test_who_owns_it_and_what_a_column_means(page: Page, site: Site) -> None:
    page.goto(site.page(NPS.full_name))
    about = page.get_by_role("complementary", name="About the table")
    expect(about).to_contain_text("growth")
    assert NPS.declared
    for column in NPS.declared.columns:
        expect(page.get_by_role("row", name=f"{column.name} ")).to_contain_text(column.description)
    expect(page.get_by_role("row", name="email ")).to_contain_text("personal data")
    expect(page.get_by_role("row", name="nps ")).to_contain_text("raw_data.nps.score")


def test_when_and_why_it_failed_last(page: Page, site: Site) -> None:
    page.goto(site.page(FAILING.full_name))
    checks = page.locator("ul.checks li").first
    expect(checks).to_contain_text("Failed at least 12 rows")
    expect(checks).to_contain_text("expected at least 12, got 7")
    expect(checks).to_contain_text("does not hold since")


def test_when_and_why_a_table_failed_that_is_fresh_again(page: Page, site: Site) -> None:
    page.goto(site.page(NPS.full_name))
    check = page.locator("ul.checks li", has_text="at least 12 rows")
    expect(check).to_contain_text("Failed last 18 Nov 03:00: expected at least 12, got 7")
    expect(page.get_by_role("row", name="18 Nov 03:00")).to_contain_text("at least 12 rows: got 7")


def test_what_breaks_without_it(page: Page, site: Site) -> None:
    page.goto(site.page(NPS.full_name))
    expect(page.get_by_text("1 table reads it, directly or through others, and would fail without it.")).to_be_visible()
    page.goto(site.page(REPORT.full_name))
    expect(page.get_by_text("No summary table reads it.").first).to_be_visible()


def test_what_is_wrong_with_a_broken_file(page: Page, site: Site) -> None:
    page.goto(site.page(BROKEN_FILE.full_name))
    problem = page.locator("ol.problems li").first
    expect(problem).to_contain_text("ouput_check is not a key of this file")
    expect(problem).to_contain_text("rename it to output_check")
    expect(problem.get_by_role("link")).to_have_attribute("href", re.compile("revenue.yaml#L12$"))


def test_an_orphan_has_no_file_and_still_its_builds(page: Page, site: Site) -> None:
    page.goto(site.page(ORPHANED.full_name))
    expect(page.get_by_role("heading", name="SQL")).to_have_count(0)
    expect(page.get_by_role("img", name=re.compile("^Rows"))).to_be_visible()


def test_lineage_leads_from_table_to_table(page: Page, site: Site) -> None:
    page.goto(site.page(NPS.full_name))
    page.locator("svg.lineage-chart").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("analytics.growth_report")
    page.get_by_text("As a list").click()
    page.get_by_role("link", name="analytics.mau_summary").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("analytics.mau_summary")
    page.get_by_role("navigation", name="Where this is").get_by_role("link").click()
    expect(page).to_have_url(site.page())


def test_a_roll_back_is_told_and_asks_before_it_is_done(page: Page, site: Site) -> None:
    page.goto(site.page(FAILING.full_name))
    site.posted.clear()
    version = page.locator("ol.versions li").nth(1)
    version.locator("summary").click()
    expect(version).to_contain_text("Readers would see 91 rows, 1 more than now.")
    version.get_by_role("button", name="Roll back").click()
    # The browser asks for the tick.
    expect(page.get_by_role("heading", level=1)).to_have_text("analytics.mau_summary")
    assert site.posted == []
    version.get_by_role("checkbox").check()
    version.get_by_role("button", name="Roll back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rolled back")
    sent = {"csrf_token": "made", "version": "mau_summary__4", "confirmed": "yes"}
    assert site.posted == [("/c/roll-back", sent)]


def test_html_in_every_text_is_text(page: Page, site: Site) -> None:
    page.goto(site.page(HOSTILE.full_name))
    expect(page.get_by_role("heading", level=1)).to_have_text("analytics.<script>alert(1)</script>\"'&")
    assert page.locator("script").count() == 1
    assert page.locator("img, u, i:not(svg i)").count() == 0
    page.goto(f"{LIST}?q=%3Cb%3Ename")
    assert page.locator("table.tables tbody tr").count() == 1


def test_parts_are_reached_from_the_top_of_the_page(page: Page, site: Site) -> None:
    page.goto(site.page(NPS.full_name))
    links = page.get_by_role("navigation", name="Parts of this page").get_by_role("link")
    assert {"Columns", "Checks", "Builds", "Lineage", "Versions", "SQL", "Runs"} <= set(links.all_inner_texts())
    for link in links.all():
        link.click()
        expect(page.locator(f"h2{link.get_attribute('href')}")).to_be_in_viewport()
