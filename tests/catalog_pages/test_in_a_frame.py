"""A page in a frame such as Airflow's, which by itself lets no link out."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.catalog.pages.made_catalog import NPS
from tests.catalog_pages.made_site import FRAME, LIST, Site


@pytest.fixture
def frame(page: Page) -> FrameLocator:
    page.context.route("https://example.com/**", lambda route: route.fulfill(body="elsewhere"))
    page.context.route("**/dags/**", lambda route: route.fulfill(body="Airflow"))
    page.goto(f"{FRAME}{LIST}/{NPS.full_name}")
    return page.frame_locator("iframe")


def test_airflows_own_pages_replace_the_one_around_the_frame(page: Page, site: Site, frame: FrameLocator) -> None:
    frame.get_by_role("link", name="DAG nps_summary").click()
    page.wait_for_url(f"{site.address}/dags/nps_summary")


def test_what_is_elsewhere_opens_in_a_tab_of_its_own(page: Page, frame: FrameLocator) -> None:
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Propose a change").click()
    expect(opened.value).to_have_url("https://example.com/edit/dag_configs/nps_summary.yaml")


@pytest.mark.parametrize("how", [{"modifiers": ["ControlOrMeta"]}, {"button": "middle"}], ids=["key", "button"])
def test_so_does_what_somebody_wants_there(page: Page, site: Site, frame: FrameLocator, how: dict[str, object]) -> None:
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Summary tables").click(**how)  # type: ignore[arg-type]
    expect(opened.value).to_have_url(site.page())


def test_pages_of_the_catalogue_stay_in_the_frame(page: Page, site: Site, frame: FrameLocator) -> None:
    frame.locator("svg.lineage-chart").get_by_role("link").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("analytics.growth_report")
    assert page.url == f"{site.address}{FRAME}{LIST}/{NPS.full_name}"


def test_the_address_around_the_frame_follows_the_search(page: Page, site: Site) -> None:
    page.goto(f"{FRAME}{LIST}")
    page.frame_locator("iframe").get_by_role("searchbox").fill("promoters")
    page.wait_for_url(f"{site.address}{FRAME}{LIST}?q=promoters")


def test_colours_are_those_around_the_frame(page: Page, frame: FrameLocator) -> None:
    ground = "(body) => getComputedStyle(body).backgroundColor"
    assert frame.locator("body").evaluate(ground) == "rgb(22, 29, 45)"
    page.evaluate("document.documentElement.className = 'light'")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    assert frame.locator("body").evaluate(ground) == "rgb(255, 255, 255)"
