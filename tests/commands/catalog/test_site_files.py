"""The files of the site, made of a catalogue by hand."""

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.pages.table_details import NO_DETAILS
from summary_tables.commands.catalog.site_files import SiteContent, site_files
from summary_tables.lint.facts.project_models import ProjectModel
from tests.catalog.made_entries import entry
from tests.catalog.pages.made_catalog import BROKEN_FILE, HOSTILE, NPS, catalog, without_answers
from tests.catalog.pages.well_formed import addresses, mistakes, text_of


def site(content: SiteContent) -> dict[str, str]:
    return {file.path: file.text for file in site_files(content)}


def content(*tables: str) -> SiteContent:
    return SiteContent(
        catalog=catalog(*(entry(name) for name in tables)),
        details=lambda _: NO_DETAILS,
        repository="https://github.com/acme/tables/blob/main",
    )


ALL = SiteContent(
    catalog=catalog(*catalog().entries.values(), HOSTILE),
    details=lambda _: NO_DETAILS,
    repository="https://github.com/acme/tables/blob/main",
)


def test_dbt_projects_and_their_models_are_searched_and_have_a_page() -> None:
    model = ProjectModel(full_name="shop.orders", project="shop", reads=(), description="</script>", kind="view")
    shop = ProjectEntry(name="shop", file="dag_configs/shop.yaml", owner="growth", models=(model,))
    files = site(SiteContent(catalog=replace(catalog(NPS), projects=(shop,)), details=lambda _: NO_DETAILS))
    rows = json.loads(files["search.js"].removeprefix("window.summaryTables = ").rstrip().removesuffix(";"))
    assert rows[1:] == [
        ["shop", "projects/shop.html", "dbt project", "", ""],
        ["shop.orders", "projects/shop.html#shop.orders", "dbt project shop", "</script>", ""],
    ]
    assert "<" not in files["search.js"]
    assert mistakes(files["projects/shop.html"]) == []
    assert '<section id="shop.orders">' in files["projects/shop.html"]
    assert '<a href="projects/shop.html#shop.orders">shop.orders</a>' in files["index.html"]


def test_files() -> None:
    assert [re.sub("-[0-9a-f]{12}", "-…", path) for path in site(ALL)] == [
        "style.css",
        "catalog.js",
        "search.js",
        "index.html",
        "owner.growth.html",
        "owner.script-alert-owner-script-….html",
        "owner.marketing.html",
        "owner.support.html",
        "owner.name-….html",
        "schema.analytics.html",
        "schema.growth.html",
        "schema.finance.html",
        "schema.ops.html",
        "tag.i-tag-i-….html",
        "tag.daily.html",
        "tag.kpi.html",
        "state.failing.html",
        "state.late.html",
        "state.broken_file.html",
        "state.warning.html",
        "state.never_built.html",
        "state.orphaned.html",
        "state.paused.html",
        "state.fresh.html",
        "tables/analytics.nps_summary.html",
        "tables/analytics.mau_summary.html",
        "tables/analytics.channel_summary.html",
        "tables/finance.revenue.html",
        "tables/growth.weekly_signups.html",
        "tables/growth.churn.html",
        "tables/analytics.old_report.html",
        "tables/ops.tickets.html",
        "tables/analytics-script-alert-1-script-….html",
    ]


def test_every_page_is_well_formed_and_every_link_leads_to_a_page() -> None:
    files = site(ALL)
    for path, text in files.items():
        if not path.endswith(".html"):
            continue
        assert mistakes(text) == []
        for address in addresses(text):
            if address.startswith("https://github.com/acme/tables/"):
                continue
            assert not re.match(r"[a-z]+:|/", address), address
            assert _target(path, address) in files, (path, address)


def _target(page: str, address: str) -> str:
    """The file that a relative address means."""
    parts: list[str] = [*PurePosixPath(page).parts[:-1]]
    for part in unquote(address.partition("#")[0]).split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_search_finds_names_columns_and_descriptions_and_holds_no_html() -> None:
    text = site(ALL)["search.js"]
    assert "<" not in text
    assert text.isascii()
    rows = json.loads(text.removeprefix("window.summaryTables = ").rstrip().removesuffix(";"))
    assert rows[0] == [
        "analytics.nps_summary",
        "tables/analytics.nps_summary.html",
        "Fresh",
        "Net Promoter Score per day.",
        "date nps email The day, such as 2019-05-01. Promoters less detractors, from -100 to 100. Who answered last.",
    ]
    assert rows[-1][0] == HOSTILE.full_name


def test_without_a_warehouse_no_state_is_made_up() -> None:
    asked_nobody = SiteContent(catalog=without_answers(catalog(NPS, BROKEN_FILE)), details=lambda _: NO_DETAILS)
    files = site(asked_nobody)
    words = text_of(files["index.html"])
    assert "2 tables" in words
    assert "Nobody asked the warehouse, so whether the tables are fresh is not known here." in words
    assert "Not known Whether it is fresh is not known here" in text_of(files["tables/analytics.nps_summary.html"])
    assert not any("Fresh" in text for path, text in files.items() if path != "catalog.js")


def test_long_lists_have_pages_and_filters_lead_to_the_first() -> None:
    files = site(content(*(f"analytics.t{number:03}" for number in range(101))))
    assert 'href="index.2.html" rel="next"' in files["index.html"]
    assert 'href="index.html" rel="prev"' in files["index.2.html"]
    assert "owner.data.2.html" in files
    assert 'href="schema.analytics.html"' not in files["index.2.html"]
    assert files["index.2.html"].count('<th scope="row"') == 1
